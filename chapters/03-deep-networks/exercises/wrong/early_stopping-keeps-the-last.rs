//! Keeps the model of the look at which it stops.

pub fn early_stopping(losses: &[f64], patience: usize) -> (usize, usize) {
    let mut best = 0;
    for (look, loss) in losses.iter().enumerate() {
        if *loss < losses[best] {
            best = look;
        } else if look - best >= patience {
            return (look, look);
        }
    }
    (losses.len() - 1, losses.len() - 1)
}
