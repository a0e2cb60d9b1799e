//! Keeps all texts whose score is as high as the last one that is kept.

pub fn dirt_kept(good: &[f64], bad: &[f64], room: usize) -> f64 {
    let mut scores: Vec<f64> = good.iter().chain(bad).copied().collect();
    scores.sort_by(|a, b| b.total_cmp(a));
    let least = scores[room - 1];
    let kept = |scores: &[f64]| scores.iter().filter(|&&score| score >= least).count() as f64;
    kept(bad) / (kept(good) + kept(bad))
}
