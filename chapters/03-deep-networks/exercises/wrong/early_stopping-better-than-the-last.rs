//! Counts looks that are worse than the look before.

pub fn early_stopping(losses: &[f64], patience: usize) -> (usize, usize) {
    let (mut best, mut waited) = (0, 0);
    for look in 1..losses.len() {
        if losses[look] < losses[best] {
            best = look;
        }
        waited = if losses[look] < losses[look - 1] { 0 } else { waited + 1 };
        if waited >= patience {
            return (best, look);
        }
    }
    (best, losses.len() - 1)
}
