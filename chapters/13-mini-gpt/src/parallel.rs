//! Several cores, one step: the batch is split over threads, each computes the gradient of its
//! part, and the parts are added.
//!
//! The mean loss of a batch is the sum of its parts' losses, each times the part's share, and its
//! gradient is the sum of theirs: the result is that of one thread, up to the order of additions.
//! The parts are added in order, so the same number of threads gives the same bytes.

use crate::data::Batch;
use crate::model::LanguageModel;
use deep_networks::{Dropout, Optimiser};
use dfdx::prelude::{Backward, Gradients, NoneTape, Rank0, SplitTape, Tensor, Trace, ZeroGrads};
use kernels::Kernels;
#[cfg(not(feature = "cuda"))]
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

#[cfg(not(feature = "cuda"))]
mod shareable {
    /// What can be shared between threads. With the feature `cuda` everything runs on one thread,
    /// and it asks for nothing.
    pub trait Shareable: Send + Sync {}
    impl<T: Send + Sync> Shareable for T {}
}

#[cfg(feature = "cuda")]
mod shareable {
    /// Anything: a GPU's handles belong to one thread, so with the feature `cuda` nothing is
    /// shared.
    pub trait Shareable {}
    impl<T> Shareable for T {}
}

pub use shareable::Shareable;

/// Bytes that a thread may keep for the backward pass: what the cache of a processor holds. A part
/// of a batch that needs more is computed in pieces, one after the other.
const KEPT: usize = 16 << 20;

/// Threads to compute with.
#[derive(Debug)]
pub struct Workers {
    pool: ThreadPool,
    /// Bytes that each may keep for the backward pass.
    kept: usize,
}

impl Workers {
    /// As many threads as the machine has cores; one with a GPU.
    ///
    /// # Panics
    /// When the system refuses to start a thread.
    pub fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self::with(if cfg!(feature = "cuda") { 1 } else { cores })
    }

    /// `threads` threads.
    ///
    /// # Panics
    /// When the system refuses to start a thread.
    pub fn with(threads: usize) -> Self {
        let pool = ThreadPoolBuilder::new().num_threads(threads.max(1));
        Self { pool: pool.build().expect("the system can start a thread"), kept: KEPT }
    }

    /// The same with another limit to the bytes that each thread keeps for the backward pass: the
    /// less, the more pieces a batch is computed in. The result does not depend on it.
    #[must_use]
    pub fn keeping(self, kept: usize) -> Self {
        Self { kept: kept.max(1), ..self }
    }

    /// Runs `work` on every item and returns the results in order.
    pub fn map<I: Shareable, R: Shareable>(
        &self,
        items: Vec<I>,
        work: impl Fn(I) -> R + Shareable,
    ) -> Vec<R> {
        #[cfg(not(feature = "cuda"))]
        return self.pool.install(|| items.into_par_iter().with_max_len(1).map(work).collect());
        #[cfg(feature = "cuda")]
        items.into_iter().map(work).collect()
    }

    // ANCHOR: gradient
    /// The loss of `batch` in nats; its gradient, in parts that only need adding, is left in
    /// `gradients`, whose memory is used again. `dropout_seed` is drawn anew for every step.
    ///
    /// # Panics
    /// When the device has no memory left.
    pub fn gradients<M: LanguageModel<D>, D: Kernels<f32>>(
        &self,
        model: &M,
        batch: &Batch,
        dropout: f64,
        dropout_seed: u64,
        gradients: &mut Vec<Gradients<f32, D>>,
    ) -> f64 {
        let parts = batch.split(self.pool.current_num_threads());
        gradients.resize_with(parts.len(), || model.alloc_grads());
        let parts = (dropout_seed..).zip(parts).zip(gradients.drain(..)).collect();
        let results =
            self.map(parts, |((seed, part), mut gradients): ((u64, Batch), Gradients<f32, D>)| {
                let (mut dropout, mut total) = (Dropout::new(dropout, seed), 0.0);
                model.zero_grads(&mut gradients);
                let kept = part.inputs.len() * M::SHAPE.kept_per_token();
                for piece in part.split(kept.div_ceil(self.kept)) {
                    // A piece's gradients add to those of the pieces before.
                    let start: Tensor<Rank0, f32, D> = model.device().zeros();
                    let (_, tape) = start.traced(gradients).split_tape();
                    let loss = model.loss(&piece.inputs, &piece.targets, piece.rows, tape, &mut dropout);
                    // Each piece counts by its share of the batch.
                    let loss = loss * (piece.rows as f64 / batch.rows as f64) as f32;
                    total += f64::from(loss.as_vec()[0]);
                    gradients = loss.backward();
                }
                (total, gradients)
            });
        let (losses, parts): (Vec<f64>, Vec<_>) = results.into_iter().unzip();
        *gradients = parts;
        losses.iter().sum()
    }
    // ANCHOR_END: gradient

    /// One step of `model` against the sum of `gradients`: see [`Kernels::update`].
    pub fn update<M: LanguageModel<D>, D: Kernels<f32>>(
        &self,
        optimiser: &mut Optimiser<M>,
        model: &mut M,
        gradients: &mut [Gradients<f32, D>],
        clip: f64,
        rate: f64,
    ) {
        #[cfg(not(feature = "cuda"))]
        self.pool.install(|| D::update(optimiser, model, gradients, clip, rate));
        #[cfg(feature = "cuda")]
        D::update(optimiser, model, gradients, clip, rate);
    }

    /// The sum of the losses in nats over all targets of `batches`, without gradients.
    pub fn total_loss<M: LanguageModel<D>, D: Kernels<f32>>(&self, model: &M, batches: Vec<Batch>) -> f64 {
        let losses = self.map(batches, |batch| {
            let loss = model.loss(&batch.inputs, &batch.targets, batch.rows, NoneTape, &mut Dropout::off());
            f64::from(loss.as_vec()[0]) * batch.targets.len() as f64
        });
        losses.iter().sum()
    }
}

impl Default for Workers {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::initialise::initialise;
    use crate::sizes::Tiny;
    use deep_networks::{add, gradient_of};
    use dfdx::prelude::{
        BuildModule, Cpu, HasErr, RecursiveWalker, Shape, TensorCollection, TensorOptions, TensorVisitor,
        ViewTensorName, ViewTensorRef,
    };

    #[test]
    fn results_come_back_in_order() {
        for threads in 1..5 {
            for items in 0..9 {
                let items: Vec<i32> = (0..items).collect();
                let doubled: Vec<i32> = items.iter().map(|i| i * 2).collect();
                assert_eq!(Workers::with(threads).map(items, |i| i * 2), doubled);
            }
        }
    }

    /// All numbers of a model, tensor after tensor.
    #[derive(Default)]
    struct Numbers(Vec<(String, Vec<f32>)>);

    impl TensorVisitor<f32, Cpu> for Numbers {
        type Viewer = (ViewTensorRef, ViewTensorName);
        type Err = <Cpu as HasErr>::Err;
        type E2 = f32;
        type D2 = Cpu;

        fn visit<S: Shape>(
            &mut self,
            _: TensorOptions<S, f32, Cpu>,
            (tensor, name): (&Tensor<S, f32, Cpu>, String),
        ) -> Result<Option<Tensor<S, f32, Cpu>>, Self::Err> {
            self.0.push((name, tensor.as_vec()));
            Ok(None)
        }
    }

    type Model = Tiny<Cpu>;

    /// The loss of a batch of uneven parts, and its gradient by every parameter.
    fn gradient(workers: &Workers) -> (f64, Vec<(String, Vec<f32>)>) {
        let mut model = Model::build(&Cpu::default());
        initialise(&mut model, 1);
        let tokens: Vec<usize> = (0..200).map(|i| i * i % 256).collect();
        let batch = Batch::at(&tokens, &[0, 30, 60, 90, 120, 7, 150], 40);
        let mut parts = Vec::new();
        let loss = workers.gradients(&model, &batch, 0.0, 0, &mut parts);
        let mut parts = parts.iter_mut().map(|part| gradient_of(&model, part));
        let mut sum = parts.next().expect("at least one part");
        parts.for_each(|part| add(&mut sum, 1.0, &part, 1.0));
        let mut numbers = Numbers::default();
        Model::iter_tensors(&mut RecursiveWalker { m: (&sum, String::new()), f: &mut numbers }).unwrap();
        (loss, numbers.0)
    }

    fn assert_same(
        (loss, whole): &(f64, Vec<(String, Vec<f32>)>),
        (other, parts): &(f64, Vec<(String, Vec<f32>)>),
    ) {
        // Sums in another order: a few units of f32's last place on numbers near 0.1.
        assert!((loss - other).abs() < 1e-5, "{loss} {other}");
        assert_eq!(whole.len(), parts.len());
        for ((name, a), (same_name, b)) in whole.iter().zip(parts) {
            assert_eq!((name, a.len()), (same_name, b.len()));
            // A bias of the keys adds the same to all scores of a query, and a softmax does not see it.
            assert!(name.ends_with("key.bias") || a.iter().any(|a| *a != 0.0), "{name} has no gradient");
            for (a, b) in a.iter().zip(b) {
                assert!((a - b).abs() < 1e-6, "{name}: {a} {b}");
            }
        }
    }

    #[test]
    fn the_gradient_does_not_depend_on_the_number_of_threads() {
        let whole = gradient(&Workers::with(1));
        for threads in 2..6 {
            assert_same(&whole, &gradient(&Workers::with(threads)));
        }
    }

    #[test]
    fn the_gradient_does_not_depend_on_the_number_of_pieces() {
        let whole = gradient(&Workers::with(1));
        // Seven rows of 40 tokens in pieces of 3, 3 and 1 rows; of 4 and 3; one at a time. With two
        // threads the parts, of 4 and 3 rows, are cut again: into 2 and 2, and 2 and 1.
        let row = 40 * <Model as LanguageModel<Cpu>>::SHAPE.kept_per_token();
        for (threads, rows, pieces) in [(1, 3, 3), (1, 4, 2), (1, 1, 7), (2, 2, 2)] {
            let in_part = 7_usize.div_ceil(threads);
            assert_eq!((in_part * row).div_ceil(rows * row), pieces, "the case is what it says");
            assert_same(&whole, &gradient(&Workers::with(threads).keeping(rows * row)));
        }
    }
}
