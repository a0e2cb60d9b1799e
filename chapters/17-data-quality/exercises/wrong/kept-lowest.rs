//! Keeps the lowest scores.

pub fn dirt_kept(good: &[f64], bad: &[f64], room: usize) -> f64 {
    let above = |x: f64| good.iter().chain(bad).filter(|&&other| other < x).count();
    let equal = |x: f64| good.iter().chain(bad).filter(|&&other| other == x).count();
    let kept = |x: f64| (room.saturating_sub(above(x)) as f64 / equal(x) as f64).min(1.0);
    bad.iter().map(|&x| kept(x)).sum::<f64>() / room as f64
}
