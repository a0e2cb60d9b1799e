//! Several cores, one step: the batch is split over threads, each computes the gradient of its
//! part, and the parts are added.
//!
//! The mean loss of a batch is the sum of its parts' losses, each times the part's share, and its
//! gradient is the sum of theirs: the result is that of one thread, up to the order of additions.
//! The parts are added in order, so the same number of threads gives the same bytes.

use crate::{Kernels, Shareable};
use deep_networks::{Dropout, Optimiser};
use dfdx::prelude::{Backward, Gradients, OwnedTape, Rank0, Tensor, TensorCollection, ZeroGrads};
#[cfg(not(feature = "cuda"))]
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// A loss in nats, with the tape that leads to it.
pub type Loss<D> = Tensor<Rank0, f32, D, OwnedTape<f32, D>>;

/// A batch that can be computed in parts.
pub trait Parts: Shareable + Sized {
    /// Parts of nearly equal size, at most `parts` of them, in order.
    fn split(&self, parts: usize) -> Vec<Self>;

    /// How many tokens it reads.
    fn tokens(&self) -> usize;

    /// How much its loss counts in the loss of a larger batch: piece by batch is the share. It grows
    /// with what a mean is taken over, and is the same for all where the loss is a sum.
    fn weight(&self) -> f64;
}

/// Threads to compute with.
#[derive(Debug)]
pub struct Workers {
    /// None: all is done by the thread that asks.
    pool: Option<ThreadPool>,
    /// Bytes that each may keep for the backward pass, if it is not the device that says so.
    limit: Option<usize>,
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

    /// `threads` threads. In a web page, which cannot start any, as [`Self::alone`].
    ///
    /// # Panics
    /// When the system refuses to start a thread.
    pub fn with(threads: usize) -> Self {
        if cfg!(target_family = "wasm") {
            return Self::alone();
        }
        let pool = ThreadPoolBuilder::new().num_threads(threads.max(1));
        Self { pool: Some(pool.build().expect("the system can start a thread")), limit: None }
    }

    /// No threads but the one that asks.
    pub fn alone() -> Self {
        Self { pool: None, limit: None }
    }

    /// The same with another limit than the device's, [`Kernels::PIECE`], to the bytes that each
    /// thread keeps for the backward pass: the less, the more pieces a batch is computed in. The
    /// result does not depend on it.
    #[must_use]
    pub fn keeping(self, limit: usize) -> Self {
        Self { limit: Some(limit), ..self }
    }

    /// Runs `work` on every item and returns the results in order.
    pub fn map<I: Shareable, R: Shareable>(
        &self,
        items: Vec<I>,
        work: impl Fn(I) -> R + Shareable,
    ) -> Vec<R> {
        #[cfg(not(feature = "cuda"))]
        if let Some(pool) = &self.pool {
            return on_threads(pool, items, &work);
        }
        items.into_iter().map(work).collect()
    }

    /// In how many pieces a part is computed that keeps `bytes`.
    fn pieces<D: Kernels<f32>>(&self, bytes: usize) -> usize {
        pieces(self.limit.or(D::PIECE), bytes)
    }

    // ANCHOR: gradient
    /// The loss of `batch` in nats; its gradient, in parts that only need adding, is left in
    /// `gradients`, whose memory is used again. `loss` is the loss of a piece, on a tape that begins
    /// with these gradients; `kept_per_token` are the bytes that the backward pass needs
    /// for each token. `dropout_seed` is drawn anew for every step.
    ///
    /// # Panics
    /// When the device has no memory left.
    pub fn gradients<B: Parts, M: Shareable + TensorCollection<f32, D>, D: Kernels<f32>>(
        &self,
        model: &M,
        batch: &B,
        kept_per_token: usize,
        (dropout, dropout_seed): (f64, u64),
        gradients: &mut Vec<Gradients<f32, D>>,
        loss: impl Fn(&B, Gradients<f32, D>, &mut Dropout) -> Loss<D> + Shareable,
    ) -> f64 {
        let parts = batch.split(self.pool.as_ref().map_or(1, ThreadPool::current_num_threads));
        gradients.resize_with(parts.len(), || model.alloc_grads());
        let parts = (dropout_seed..).zip(parts).zip(gradients.drain(..)).collect();
        let results = self.map(parts, |((seed, part), mut gradients): ((u64, B), Gradients<f32, D>)| {
            let (mut dropout, mut total) = (Dropout::new(dropout, seed), 0.0);
            model.zero_grads(&mut gradients);
            let kept = part.tokens() * kept_per_token;
            for piece in part.split(self.pieces::<D>(kept)) {
                // A piece's gradients add to those of the pieces before, and it counts by its share of
                // the batch.
                let share = piece.weight() / batch.weight();
                let of_piece = loss(&piece, gradients, &mut dropout) * share as f32;
                total += f64::from(of_piece.as_vec()[0]);
                gradients = of_piece.backward();
            }
            (total, gradients)
        });
        let (losses, parts): (Vec<f64>, Vec<_>) = results.into_iter().unzip();
        *gradients = parts;
        losses.iter().sum()
    }
    // ANCHOR_END: gradient

    /// One step of `model` against the sum of `gradients`: see [`Kernels::update`].
    pub fn update<M: Shareable + TensorCollection<f32, D, To<f32, D> = M>, D: Kernels<f32>>(
        &self,
        optimiser: &mut Optimiser<M>,
        model: &mut M,
        gradients: &mut [Gradients<f32, D>],
        clip: f64,
        rate: f64,
    ) {
        let mut step = || D::update(optimiser, model, gradients, clip, rate);
        #[cfg(not(feature = "cuda"))]
        if let Some(pool) = &self.pool {
            return pool.install(step);
        }
        step();
    }
}

/// The results of `work` on every item, in order. What shares the items out is compiled for their
/// type, and not for every model that `work` knows.
#[cfg(not(feature = "cuda"))]
fn on_threads<I: Send, R: Send>(
    pool: &ThreadPool,
    items: Vec<I>,
    work: &(dyn Fn(I) -> R + Send + Sync),
) -> Vec<R> {
    pool.install(|| items.into_par_iter().with_max_len(1).map(work).collect())
}

/// Pieces of `bytes`, none of which keeps more than `limit`.
fn pieces(limit: Option<usize>, bytes: usize) -> usize {
    limit.map_or(1, |limit| bytes.div_ceil(limit.max(1)))
}

impl Default for Workers {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::Cpu;

    #[test]
    fn pieces_are_as_large_as_the_device_wants_them() {
        let workers = Workers::with(1);
        let (mib, limit) = (1 << 20, <Cpu as Kernels<f32>>::PIECE);
        assert_eq!(limit, Some(16 * mib));
        assert_eq!([1, 16 * mib, 16 * mib + 1, 100 * mib].map(|b| workers.pieces::<Cpu>(b)), [1, 1, 2, 7]);
        let workers = workers.keeping(mib);
        assert_eq!([1, 16 * mib, 100 * mib].map(|bytes| workers.pieces::<Cpu>(bytes)), [1, 16, 100]);
        // What asks for nothing is not cut, however large a batch.
        assert_eq!(<Cpu as Kernels<f64>>::PIECE, None);
        assert_eq!(pieces(None, usize::MAX), 1);
    }

    #[test]
    fn results_come_back_in_order() {
        for threads in 1..5 {
            for items in 0..9 {
                let items: Vec<i32> = (0..items).collect();
                let doubled: Vec<i32> = items.iter().map(|i| i * 2).collect();
                assert_eq!(Workers::with(threads).map(items.clone(), |i| i * 2), doubled);
                assert_eq!(Workers::alone().map(items, |i| i * 2), doubled);
            }
        }
    }
}
