//! Keeps the good ones first where scores are equal.

pub fn dirt_kept(good: &[f64], bad: &[f64], room: usize) -> f64 {
    let good = good.iter().map(|&score| (score, false));
    let mut texts: Vec<(f64, bool)> = good.chain(bad.iter().map(|&score| (score, true))).collect();
    texts.sort_by(|a, b| b.0.total_cmp(&a.0));
    texts[..room].iter().filter(|text| text.1).count() as f64 / room as f64
}
