//! Several cores, one step: the batch is split over threads, each computes the gradient of its part, and the parts are added.
//!
//! The mean loss of a batch is the sum of its parts' losses, each times the part's share, and its gradient is the sum of theirs: the result
//! is that of one thread, up to the order of additions. The parts are added in order, so the same number of threads gives the same bytes.

use crate::data::Batch;
use crate::model::LanguageModel;
use deep_networks::{Dropout, add, gradient_of};
use dfdx::prelude::{Backward, NoneTape, OwnedTape, PutTape, Rank0, SplitTape, Tensor, Trace};
use kernels::Kernels;
use rayon::{ThreadPool, ThreadPoolBuilder};

#[cfg(not(feature = "cuda"))]
mod shareable {
    /// What can be shared between threads. With the feature `cuda` everything runs on one thread, and it asks for nothing.
    pub trait Shareable: Send + Sync {}
    impl<T: Send + Sync> Shareable for T {}
}

#[cfg(feature = "cuda")]
mod shareable {
    /// Anything: a GPU's handles belong to one thread, so with the feature `cuda` nothing is shared.
    pub trait Shareable {}
    impl<T> Shareable for T {}
}

pub use shareable::Shareable;

/// Bytes that a thread may keep for the backward pass: what the cache of a processor holds. A part of a batch that needs more is computed in
/// pieces, one after the other.
const KEPT: usize = 16 << 20;

type Loss<D> = Tensor<Rank0, f32, D>;

/// Threads to compute with.
///
/// Each is a pool of one: matrix products inside a part are too small to gain from being split again.
#[derive(Debug)]
pub struct Workers(Vec<ThreadPool>);

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
        let pool =
            |_| ThreadPoolBuilder::new().num_threads(1).build().expect("the system can start a thread");
        Self((0..threads.max(1)).map(pool).collect())
    }

    /// Runs `work` on every item, the items dealt out to the threads, and returns the results in order.
    #[cfg(not(feature = "cuda"))]
    pub fn map<I: Shareable, R: Shareable>(
        &self,
        items: Vec<I>,
        work: impl Fn(I) -> R + Shareable,
    ) -> Vec<R> {
        let share = items.len().div_ceil(self.0.len()).max(1);
        let mut items = items.into_iter();
        let mut deal = || items.by_ref().take(share).collect::<Vec<I>>();
        let work = &work;
        std::thread::scope(|scope| {
            let run = |pool| {
                let (pool, share): (&ThreadPool, _) = (pool, deal());
                scope.spawn(move || pool.install(|| share.into_iter().map(work).collect::<Vec<R>>()))
            };
            let running: Vec<_> = self.0.iter().map(run).collect();
            let join = |thread: std::thread::ScopedJoinHandle<'_, Vec<R>>| {
                thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            running.into_iter().flat_map(join).collect()
        })
    }

    /// Runs `work` on every item, one after the other.
    #[cfg(feature = "cuda")]
    pub fn map<I: Shareable, R: Shareable>(
        &self,
        items: Vec<I>,
        work: impl Fn(I) -> R + Shareable,
    ) -> Vec<R> {
        items.into_iter().map(work).collect()
    }

    // ANCHOR: gradient
    /// The loss of `batch` in nats and its gradient, computed in parts. `dropout_seed` is drawn anew for every step.
    ///
    /// # Panics
    /// When the device has no memory left.
    pub fn gradient<M: LanguageModel<D>, D: Kernels<f32>>(
        &self,
        model: &M,
        batch: &Batch,
        dropout: f64,
        dropout_seed: u64,
    ) -> (f64, M) {
        let parts: Vec<(u64, Batch)> = (dropout_seed..).zip(batch.split(self.0.len())).collect();
        let results = self.map(parts, |(seed, part)| {
            let mut dropout = Dropout::new(dropout, seed);
            let (mut total, mut done) = (0.0, None);
            for piece in part.split((part.inputs.len() * M::SHAPE.kept_per_token()).div_ceil(KEPT)) {
                // The next piece's gradients add to those of the pieces before.
                let tape = done.map_or_else(OwnedTape::default, |(loss, gradients): (Loss<D>, _)| {
                    loss.traced(gradients).split_tape().1
                });
                let loss = model.loss(&piece.inputs, &piece.targets, piece.rows, tape, &mut dropout);
                // Each piece counts by its share of the batch: losses and gradients then only need adding.
                let (loss, tape) = (loss * (piece.rows as f64 / batch.rows as f64) as f32).split_tape();
                total += f64::from(loss.as_vec()[0]);
                done = Some((loss.clone(), loss.put_tape(tape).backward()));
            }
            let (_, mut gradients) = done.expect("a part has at least one row");
            (total, gradient_of(model, &mut gradients))
        });
        let mut results = results.into_iter();
        let (mut loss, mut gradient) = results.next().expect("a batch has at least one row");
        for (part_loss, part) in results {
            loss += part_loss;
            add(&mut gradient, 1.0, &part, 1.0);
        }
        (loss, gradient)
    }
    // ANCHOR_END: gradient

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
    use dfdx::prelude::{BuildModule, Cpu};

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

    #[test]
    fn the_gradient_does_not_depend_on_the_number_of_threads() {
        let mut model = Tiny::<Cpu>::build(&Cpu::default());
        initialise(&mut model, 1);
        let tokens: Vec<usize> = (0..200).map(|i| i * i % 256).collect();
        let batch = Batch::at(&tokens, &[0, 30, 60, 90, 120], 40);
        let (loss, gradient) = Workers::with(1).gradient(&model, &batch, 0.0, 0);
        for threads in 2..6 {
            let (parts_loss, parts) = Workers::with(threads).gradient(&model, &batch, 0.0, 0);
            // Sums in another order: a few units of f32's last place on numbers near 0.1.
            assert!((loss - parts_loss).abs() < 1e-5);
            for (a, b) in gradient.tokens.weight.as_vec().iter().zip(parts.tokens.weight.as_vec()) {
                assert!((a - b).abs() < 1e-6, "{a} {b}");
            }
        }
    }
}
