//! From the highest score down, equal ones together.

/// The expected share of bad texts among the kept.
pub fn dirt_kept(good: &[f64], bad: &[f64], room: usize) -> f64 {
    let labelled = |scores: &[f64], is_bad: bool| -> Vec<(f64, bool)> {
        scores.iter().map(|&score| (score, is_bad)).collect()
    };
    let mut texts = [labelled(good, false), labelled(bad, true)].concat();
    texts.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut left, mut dirt) = (room, 0.0);
    for equal in texts.chunk_by(|a, b| a.0 == b.0) {
        let kept = left.min(equal.len());
        let bad = equal.iter().filter(|text| text.1).count();
        dirt += (kept * bad) as f64 / equal.len() as f64;
        left -= kept;
    }
    dirt / room as f64
}
