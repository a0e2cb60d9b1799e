//! Dropout: in training, each number is set to 0 with probability p and otherwise divided by 1 − p,
//! so that the mean stays the same (Srivastava et al. 2014, in the "inverted" form). A network
//! cannot rely on any single number, so it learns by heart less easily.

use dfdx::prelude::{Device, HasShape, PutTape, Shape, SplitTape, Tape, Tensor};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use tensors::{Real, seeds};

/// Where dropout happens, and with which draws. [`Dropout::off`] changes nothing: for evaluation.
#[derive(Debug, Clone)]
pub struct Dropout {
    probability: f64,
    rng: ChaCha8Rng,
}

impl Dropout {
    /// Every number passes.
    pub fn off() -> Self {
        Self::new(0.0, 0)
    }

    /// Drops with `probability`; the draws follow from `seed`.
    ///
    /// # Panics
    /// When `probability` is not in [0, 1).
    pub fn new(probability: f64, seed: u64) -> Self {
        assert!(
            (0.0..1.0).contains(&probability),
            "a dropout probability lies in [0, 1), not {probability}"
        );
        Self { probability, rng: seeds::generator(seed) }
    }

    // ANCHOR: apply
    /// Drops numbers of `x`. The mask is drawn on the host from a generator of its own, so the same
    /// seed drops the same numbers on every device.
    pub fn apply<S: Shape, E: Real, D: Device<E>, T: Tape<E, D>>(
        &mut self,
        x: Tensor<S, E, D, T>,
    ) -> Tensor<S, E, D, T> {
        let shape = *x.shape();
        let Some(factors) = self.factors(shape.num_elements()) else { return x };
        let (x, tape) = x.split_tape();
        let mask = x.device().tensor_from_vec(factors, shape);
        x.put_tape(tape) * mask
    }

    /// Draws what each of `count` numbers is multiplied by: 0 or 1/(1 − p). Nothing when dropout is
    /// off.
    pub fn factors<E: Real>(&mut self, count: usize) -> Option<Vec<E>> {
        let keep = E::of(1.0 / (1.0 - self.probability));
        let draw = |_| if self.rng.gen_bool(self.probability) { E::default() } else { keep };
        (self.probability > 0.0).then(|| (0..count).map(draw).collect())
    }
    // ANCHOR_END: apply
}

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{Cpu, OnesTensor, Rank1};

    #[test]
    fn off_changes_nothing() {
        let x = Cpu::default().ones::<Rank1<10>>();
        assert_eq!(Dropout::off().apply::<_, f32, _, _>(x).as_vec(), [1.0; 10]);
    }

    #[test]
    fn the_share_dropped_and_the_mean_are_right() {
        let x = Cpu::default().ones::<Rank1<20_000>>();
        let y: Vec<f32> = Dropout::new(0.3, 1).apply(x).as_vec();
        let dropped = y.iter().filter(|v| **v == 0.0).count() as f64 / 20_000.0;
        // Four standard errors of a share: 4·√(0.3·0.7/20000) = 0.013.
        assert!((dropped - 0.3).abs() < 0.013, "{dropped}");
        assert!(y.iter().all(|v| *v == 0.0 || (*v - 1.0 / 0.7).abs() < 1e-6));
    }

    #[test]
    fn the_same_seed_drops_the_same_numbers() {
        let x = Cpu::default().ones::<Rank1<100>>();
        let run = |seed| Dropout::new(0.5, seed).apply::<_, f32, _, _>(x.clone()).as_vec();
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
    }
}
