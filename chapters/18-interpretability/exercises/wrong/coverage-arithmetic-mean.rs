//! The arithmetic mean of precision and recall.

pub fn coverage(features: &[Vec<f64>], things: &[Vec<bool>]) -> f64 {
    let best = |thing: &Vec<bool>| {
        let wanted = thing.iter().filter(|there| **there).count();
        let mut best = 0.0_f64;
        for feature in features {
            for &threshold in feature.iter().filter(|strength| **strength > 0.0) {
                let claimed: Vec<usize> = (0..feature.len()).filter(|&p| feature[p] >= threshold).collect();
                let hits = claimed.iter().filter(|&&p| thing[p]).count();
                let precision = hits as f64 / claimed.len() as f64;
                let recall = hits as f64 / wanted.max(1) as f64;
                best = best.max(f64::midpoint(precision, recall));
            }
        }
        best
    };
    things.iter().map(best).sum::<f64>() / things.len() as f64
}
