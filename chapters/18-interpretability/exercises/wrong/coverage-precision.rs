//! The precision alone: a feature that is active once and rightly is perfect.

pub fn coverage(features: &[Vec<f64>], things: &[Vec<bool>]) -> f64 {
    let best = |thing: &Vec<bool>| {
        let mut best = 0.0_f64;
        for feature in features {
            for &threshold in feature.iter().filter(|strength| **strength > 0.0) {
                let claimed: Vec<usize> = (0..feature.len()).filter(|&p| feature[p] >= threshold).collect();
                let hits = claimed.iter().filter(|&&p| thing[p]).count();
                best = best.max(hits as f64 / claimed.len().max(1) as f64);
            }
        }
        best
    };
    things.iter().map(best).sum::<f64>() / things.len() as f64
}
