//! The learning rate over time: a linear warm-up, then half a cosine down to a floor
//! (Loshchilov & Hutter 2017).

use std::f64::consts::PI;

/// Learning rate by step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WarmupCosine {
    /// The highest rate, reached at the end of the warm-up.
    pub peak: f64,
    /// The rate at the last step.
    pub floor: f64,
    /// Steps during which the rate rises from near 0 to the peak.
    pub warmup: usize,
    /// All steps.
    pub steps: usize,
}

impl WarmupCosine {
    // ANCHOR: rate
    /// The rate at `step`, counted from 0: floor + (peak − floor) · ½ (1 + cos(π · progress)) after
    /// the warm-up.
    ///
    /// ```
    /// let schedule = deep_networks::WarmupCosine { peak: 1.0, floor: 0.1, warmup: 10, steps: 110 };
    /// assert_eq!(schedule.rate(0), 0.1);   // a tenth of the way up
    /// assert_eq!(schedule.rate(10), 1.0);
    /// assert!((schedule.rate(60) - 0.55).abs() < 1e-12);
    /// assert!((schedule.rate(110) - 0.1).abs() < 1e-12);
    /// ```
    pub fn rate(&self, step: usize) -> f64 {
        if step < self.warmup {
            return self.peak * (step + 1) as f64 / self.warmup as f64;
        }
        let falling = self.steps.saturating_sub(self.warmup).max(1);
        let progress = ((step - self.warmup) as f64 / falling as f64).min(1.0);
        self.floor + (self.peak - self.floor) * 0.5 * (1.0 + (PI * progress).cos())
    }
    // ANCHOR_END: rate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_rises_then_falls_and_stays_in_bounds() {
        let schedule = WarmupCosine { peak: 3e-3, floor: 3e-4, warmup: 20, steps: 200 };
        let rates: Vec<f64> = (0..=220).map(|step| schedule.rate(step)).collect();
        assert!(rates[..20].windows(2).all(|pair| pair[0] < pair[1]));
        assert!(rates[20..].windows(2).all(|pair| pair[0] >= pair[1]));
        assert!(rates[20..].iter().all(|rate| (3e-4..=3e-3).contains(rate)));
        assert_eq!(rates[200], 3e-4);
    }

    #[test]
    fn without_warm_up_the_first_step_has_the_peak() {
        let schedule = WarmupCosine { peak: 1.0, floor: 0.0, warmup: 0, steps: 0 };
        assert_eq!(schedule.rate(0), 1.0);
    }
}
