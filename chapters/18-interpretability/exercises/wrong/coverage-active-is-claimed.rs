//! The lowest threshold only: whatever is active is claimed.

pub fn coverage(features: &[Vec<f64>], things: &[Vec<bool>]) -> f64 {
    let best = |thing: &Vec<bool>| {
        let wanted = thing.iter().filter(|there| **there).count();
        let mut best = 0.0_f64;
        for feature in features {
            let claimed: Vec<usize> = (0..feature.len()).filter(|&p| feature[p] > 0.0).collect();
            let hits = claimed.iter().filter(|&&p| thing[p]).count();
            best = best.max(2.0 * hits as f64 / (claimed.len() + wanted) as f64);
        }
        best
    };
    things.iter().map(best).sum::<f64>() / things.len() as f64
}
