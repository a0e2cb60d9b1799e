//! Thresholds of 0: a feature that is silent claims everything.

pub fn coverage(features: &[Vec<f64>], things: &[Vec<bool>]) -> f64 {
    let best = |thing: &Vec<bool>| {
        let wanted = thing.iter().filter(|there| **there).count();
        let mut best = 0.0_f64;
        for feature in features {
            for &threshold in feature {
                let claimed: Vec<usize> = (0..feature.len()).filter(|&p| feature[p] >= threshold).collect();
                let hits = claimed.iter().filter(|&&p| thing[p]).count();
                best = best.max(2.0 * hits as f64 / (claimed.len() + wanted) as f64);
            }
        }
        best
    };
    things.iter().map(best).sum::<f64>() / things.len() as f64
}
