//! Looks at losses that training never reaches.

pub fn early_stopping(losses: &[f64], patience: usize) -> (usize, usize) {
    let best = (0..losses.len()).min_by(|&a, &b| losses[a].total_cmp(&losses[b])).unwrap_or(0);
    (best, (best + patience).min(losses.len() - 1))
}
