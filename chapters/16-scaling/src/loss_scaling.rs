//! Loss scaling: the slopes on the way back are kept in fewer bits, and the loss is multiplied so that they
//! do not become 0 (Micikevicius et al. 2018).
//!
//! The way back is linear: of a loss that is c times as large every slope is c times as large. f16 makes 0
//! of what is below 3 · 10⁻⁸. So the loss is multiplied by c before the way back, and the finished
//! gradients are divided by c behind it, in f32. If c is a power of two, that alone changes no bit of them.

use crate::rounded::each_gradient;
use crate::rounding::Format;
use deep_networks::{Dropout, numbers};
use dfdx::prelude::{
    Cpu, Gradients, HasShape, PutTape, Rank0, ReshapeTo, Shape, SplitTape, Tape, Tensor, TensorFromVec,
};
use gpt::data::Batch;
use gpt::loss::loss_and_gradients;
use gpt::{Gpt, LanguageModel, Trainable};
use kernels::{Kernels, Workers};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use transformer::Sizes;

/// A GPT whose slopes are rounded where they pass from one part to the next: those by the scores, by the
/// residual stream (before the first block, behind each attention and each feed-forward network) and by
/// what the heads found. The way there, and what stays inside a kernel, are in f32.
#[derive(Debug, Clone)]
pub struct ScaledLoss<S: Sizes> {
    /// The model.
    pub model: Gpt<S>,
    /// What passes on the way back is kept in this format.
    pub slopes: Format,
    /// What the loss is multiplied with.
    pub scale: f32,
    /// How many slopes became 0 so far.
    pub lost: Arc<Lost>,
}

/// Slopes that passed and were not 0, and those of them that rounding made 0.
#[derive(Debug, Default)]
pub struct Lost {
    passed: AtomicUsize,
    zero: AtomicUsize,
}

impl Lost {
    /// The share that became 0.
    pub fn share(&self) -> f64 {
        self.zero.load(Relaxed) as f64 / self.passed.load(Relaxed).max(1) as f64
    }
}

// ANCHOR: scaled
impl<S: Sizes> ScaledLoss<S> {
    /// The loss of `batch`, as it is, and its gradient, in `gradients`.
    pub fn loss_and_gradients(
        &mut self,
        workers: &Workers,
        batch: &Batch,
        gradients: &mut Vec<Gradients<f32, Cpu>>,
    ) -> f64 {
        let loss = loss_and_gradients(workers, self, batch, (0.0, 0), gradients);
        for part in gradients {
            each_gradient(&mut self.model, part, |slopes| slopes.iter_mut().for_each(|x| *x /= self.scale));
        }
        loss / f64::from(self.scale)
    }
}

impl<S: Sizes> LanguageModel<Cpu> for ScaledLoss<S> {
    const SHAPE: kernels::Shape = kernels::Shape::of::<S>();

    fn device(&self) -> &Cpu {
        self.model.device()
    }

    /// The loss of `batch`, multiplied.
    fn loss<T: Tape<f32, Cpu>>(
        &self,
        batch: &Batch,
        tape: T,
        dropout: &mut Dropout,
    ) -> Tensor<Rank0, f32, Cpu, T> {
        let x = self.model.stream_seen(&batch.inputs, batch.rows, tape, dropout, |_, x| self.passing(x));
        let scores = self.passing(self.model.scores(x));
        Cpu::cross_entropy(scores, &batch.targets, batch.weights.as_deref()) * self.scale
    }

    fn logits(&self, tokens: &[usize]) -> Vec<f32> {
        self.model.logits(tokens)
    }
}

impl<S: Sizes> ScaledLoss<S> {
    /// x as it is. On the way back the slopes by it are rounded, and counted if they become 0.
    fn passing<N: Shape, T: Tape<f32, Cpu>>(&self, x: Tensor<N, f32, Cpu, T>) -> Tensor<N, f32, Cpu, T> {
        let (x, mut tape) = x.contiguous().split_tape();
        let y = x.device().tensor_from_vec(numbers(&x), *x.shape());
        let row = x.shape().concrete().into_iter().last().unwrap_or(1);
        let (input, output, format, lost) = (x.ghost(), y.ghost(), self.slopes, Arc::clone(&self.lost));
        tape.add_backward_op(move |gradients| {
            let mut slopes = std::mem::take(&mut **gradients.get_or_alloc_mut(&output)?);
            let before = slopes.iter().filter(|slope| **slope != 0.0).count();
            format.round(&mut slopes, row);
            let after = slopes.iter().filter(|slope| **slope != 0.0).count();
            lost.passed.fetch_add(before, Relaxed);
            lost.zero.fetch_add(before - after, Relaxed);
            for (sum, slope) in gradients.get_or_alloc_mut(&input)?.iter_mut().zip(slopes) {
                *sum += slope;
            }
            Ok(())
        });
        y.put_tape(tape)
    }
}
// ANCHOR_END: scaled

impl<S: Sizes> Trainable<Cpu> for ScaledLoss<S> {
    type Parameters = Gpt<S>;

    fn parameters(&self) -> &Gpt<S> {
        &self.model
    }

    fn parameters_mut(&mut self) -> &mut Gpt<S> {
        &mut self.model
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounding::Float;
    use deep_networks::{by_name, gradient_of};
    use dfdx::prelude::{AsArray, Backward, BuildModule, Rank1, SumTo, TensorFrom, Trace};
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;
    use half::f16;

    const F16: Format = Format::Float(Float::F16);

    /// Two rows of 32 targets.
    fn batch() -> Batch {
        let tokens: Vec<usize> = (0..100).map(|i| i * i % 256).collect();
        Batch::at(&tokens, &[0, 40], 32)
    }

    fn scaled(slopes: Format, scale: f32) -> ScaledLoss<Tiny> {
        let mut model = Gpt::build(&Cpu::default());
        initialise(&mut model, 4);
        ScaledLoss { model, slopes, scale, lost: Arc::default() }
    }

    /// The loss, and the slopes by the model's parameters.
    fn found(mut scaled: ScaledLoss<Tiny>) -> (f64, Vec<(String, Vec<f32>)>) {
        let mut gradients = Vec::new();
        let loss = scaled.loss_and_gradients(&Workers::alone(), &batch(), &mut gradients);
        (loss, by_name(&gradient_of(&scaled.model, &mut gradients[0])))
    }

    /// The length of the difference of two gradients, as a share of the first one's.
    fn apart(a: &[(String, Vec<f32>)], b: &[(String, Vec<f32>)]) -> f32 {
        let numbers =
            |of: &[(String, Vec<f32>)]| of.iter().flat_map(|part| part.1.clone()).collect::<Vec<_>>();
        let (a, b) = (numbers(a), numbers(b));
        let square: f32 = a.iter().zip(&b).map(|(a, b)| (a - b).powi(2)).sum();
        (square / a.iter().map(|a| a * a).sum::<f32>()).sqrt()
    }

    #[test]
    fn a_power_of_two_on_the_loss_changes_no_bit_of_the_gradient() {
        let (loss, slopes) = found(scaled(Format::F32, 1.0));
        for scale in [4096.0, 1.0 / 64.0] {
            let (other, others) = found(scaled(Format::F32, scale));
            assert!(loss == other && slopes == others, "times {scale}");
        }
        // They are the model's own, whose kernels add up in another order.
        let (model, mut own) = (scaled(Format::F32, 1.0).model, Vec::new());
        let plain = loss_and_gradients(&Workers::alone(), &model, &batch(), (0.0, 0), &mut own);
        assert!((loss - plain).abs() < 1e-5, "{loss} {plain}");
        let own = by_name(&gradient_of(&model, &mut own[0]));
        assert!(apart(&own, &slopes) < 1e-4, "{}", apart(&own, &slopes));
        assert!(own.iter().any(|(_, slopes)| slopes.iter().any(|x| x.abs() > 1e-3)));
    }

    #[test]
    fn slopes_are_rounded_on_the_way_back_and_nothing_on_the_way_there() {
        let slopes = [1.0, 1.0005, -0.3, 6.1e-5, 5.9e-8, 2.9e-8, -1e-9, 70_000.0, 0.0];
        let passing = scaled(F16, 1.0);
        let dev = Cpu::default();
        let x: Tensor<Rank1<9>, f32, Cpu> = dev.tensor([0.1; 9]);
        let y = passing.passing(x.trace(Gradients::leaky()));
        assert_eq!(y.array(), [0.1; 9]);
        let gradients = (y * dev.tensor(slopes)).sum::<Rank0, _>().backward();
        assert_eq!(gradients.get(&x).array(), slopes.map(|slope| f16::from_f32(slope).to_f32()));
        // Of the eight that were not 0 two have become it.
        assert_eq!(passing.lost.share(), 2.0 / 8.0);
    }

    #[test]
    fn a_batch_of_many_tokens_loses_the_slope_of_every_small_probability() {
        // A score's slope is (p - y) / n: with n tokens, p is lost up to n times 2^-25.
        let is_lost = |p: f64, n: f64| Float::F16.round((p / n) as f32) == 0.0;
        for (n, lost, kept) in
            [(768.0, 2.2e-5, 2.3e-5), (64.0 * 768.0, 0.0014, 0.0015), (3.2e6, 0.095, 0.096)]
        {
            assert!(is_lost(lost, n) && !is_lost(kept, n), "{n} tokens");
        }
    }

    #[test]
    fn what_f16_loses_on_the_way_back_a_scale_saves() {
        let (_, exact) = found(scaled(Format::F32, 1.0));
        let of = |scale| {
            let passing = scaled(F16, scale);
            let lost = Arc::clone(&passing.lost);
            (lost, found(passing).1)
        };
        // No slope by a score is above a 64th, and a 64th of 2^-19 is 2^-25, of which f16 makes 0.
        let (lost, nothing) = of(2_f32.powi(-19));
        assert_eq!((lost.passed.load(Relaxed), lost.share()), (64 * 256, 1.0));
        assert!(nothing.iter().all(|(_, slopes)| slopes.iter().all(|slope| *slope == 0.0)));
        // Of those by the scores, all but the targets'; what is left of the gradient points elsewhere.
        let (lost, some) = of(2_f32.powi(-13));
        assert!(lost.zero.load(Relaxed) >= 64 * 255, "{lost:?}");
        assert!(apart(&exact, &some) > 0.1, "{}", apart(&exact, &some));
        // Loud enough, f16 costs its own roundings: 2^-11 each, several on each way.
        let (lost, all) = of(2_f32.powi(12));
        assert!(lost.share() < 1e-3, "{}", lost.share());
        assert!(apart(&exact, &all) < 1e-3, "{}", apart(&exact, &all));
    }
}
