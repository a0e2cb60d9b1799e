//! The learning rate of 2017.

// ANCHOR: schedule
/// The rate at a step, counted from 1: model^(−½) · min(step^(−½), step · warmup^(−3/2)) (Vaswani
/// et al. 2017, equation 3). It rises in a straight line for `warmup` steps and then falls as the
/// inverse root of the step.
///
/// ```
/// let [rising, top, falling] = [2000, 4000, 16000].map(|step| transformer::rate_2017(step, 512, 4000));
/// assert!((rising / top - 0.5).abs() < 1e-12 && (falling / top - 0.5).abs() < 1e-12);
/// ```
pub fn rate_2017(step: usize, model: usize, warmup: usize) -> f64 {
    let (step, warmup) = (step as f64, warmup as f64);
    (model as f64).powf(-0.5) * step.powf(-0.5).min(step * warmup.powf(-1.5))
}
// ANCHOR_END: schedule
