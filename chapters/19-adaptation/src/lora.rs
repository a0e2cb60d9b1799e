//! **Low-rank adaptation** (LoRA): a matrix W that was learned stays as it is, and a change of low rank to it is learned,
//!
//! W′ = W + (α / r) B A,  A: (r, in), B: (out, r)
//! (Hu et al. 2021, section 4.1).
//!
//! B is 0 at first, so that the adapted model begins as the model. With G for the gradient by W′ the chain rule
//! gives dB = (α / r) G Aᵀ and dA = (α / r) Bᵀ G. A row of A and its column of B that are both 0 stay 0: their
//! gradients are. That is why the rank can be chosen when the program runs, up to the [room](Adapter) that the
//! type has.

use crate::Error;
use crate::targets::Target;
use deep_networks::{Dropout, Repeated, parameters};
use dfdx::prelude::{
    BuildModule, ConstDim, Cpu, Device, Dtype, NoneTape, PutTape, Rank0, SplitTape, Storage, Tape, Tensor,
    TensorOptions, TryMatMul,
};
use gpt::data::Batch;
use gpt::model::Parameters;
use gpt::{Gpt, LanguageModel, Shape, Sizes, Trainable};
use kernels::{Kernels, Shareable};
use rand::Rng;
use serde::{Deserialize, Serialize};
use tensors::{Real, seeds};

// ANCHOR: adapter
/// What is added to a matrix of `Out` rows and `In` columns: B A, of a rank of at most `Room`.
#[derive(Debug, Clone)]
pub struct Adapter<In: ConstDim, Out: ConstDim, Room: ConstDim, E: Dtype, D: Storage<E>> {
    /// A, which reads.
    pub a: Tensor<(Room, In), E, D>,
    /// B, which writes.
    pub b: Tensor<(Out, Room), E, D>,
}
// ANCHOR_END: adapter

parameters!(Adapter<In: ConstDim, Out: ConstDim, Room: ConstDim> {
    a: TensorOptions::reset_to_zeros(), b: TensorOptions::reset_to_zeros()
});

/// One for each matrix of a block. Those of matrices that are not adapted stay 0.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // named after the matrices
pub struct BlockAdapters<S: Sizes, Room: ConstDim, E: Dtype, D: Storage<E>> {
    pub query: Adapter<S::Model, S::Model, Room, E, D>,
    pub key: Adapter<S::Model, S::Model, Room, E, D>,
    pub value: Adapter<S::Model, S::Model, Room, E, D>,
    pub output: Adapter<S::Model, S::Model, Room, E, D>,
    pub up: Adapter<S::Model, S::Hidden, Room, E, D>,
    pub down: Adapter<S::Hidden, S::Model, Room, E, D>,
}

parameters!(BlockAdapters<S: Sizes, Room: ConstDim> { query, key, value, output, up, down });

/// Those of all blocks.
pub type Adapters<S, Room, E, D> = Repeated<BlockAdapters<S, Room, E, D>, <S as Sizes>::Layers>;

/// What an adapted model has beside its tensors; the words are those of PEFT's `LoraConfig`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// The rank r of every change.
    pub r: usize,
    /// α: a change is multiplied by α / r.
    pub lora_alpha: f64,
    /// Which matrices are adapted.
    pub target_modules: Vec<Target>,
}

impl Config {
    /// α / r.
    pub fn scale(&self) -> f64 {
        self.lora_alpha / self.r as f64
    }

    /// How many numbers are trained in a model of this shape.
    pub fn parameters(&self, shape: &Shape) -> usize {
        let sides = |target: &Target| match target {
            Target::Up | Target::Down => shape.model + shape.hidden,
            _ => 2 * shape.model,
        };
        shape.layers * self.r * self.target_modules.iter().map(sides).sum::<usize>()
    }

    /// Refuses what makes no sense in matrices that have `room` for the change, and `width` columns or rows.
    pub(crate) fn check(&self, room: usize, width: usize) -> Result<(), Error> {
        let most = room.min(width);
        if self.r == 0 || self.r > most {
            return Err(Error::Rank { rank: self.r, most });
        }
        if !(self.lora_alpha.is_finite() && self.lora_alpha > 0.0) {
            return Err(Error::Alpha(self.lora_alpha));
        }
        if self.target_modules.is_empty() {
            return Err(Error::NoTargets);
        }
        Ok(())
    }
}

/// A model that stays as it is, and what is added to it.
#[derive(Debug, Clone)]
pub struct Lora<S: Sizes, Room: ConstDim, E: Dtype = f32, D: Storage<E> = Cpu> {
    /// What was learned before.
    pub base: Gpt<S, E, D>,
    /// What is trained.
    pub adapters: Adapters<S, Room, E, D>,
    /// Rank, scale and which matrices.
    pub config: Config,
}

impl<S: Sizes, Room: ConstDim, E: Real, D: Kernels<E>> Lora<S, Room, E, D> {
    /// Adapters of `base` that change nothing yet: A is drawn between −1/√in and 1/√in, B is 0.
    ///
    /// # Errors
    /// When the rank is 0 or larger than there is room for, α is no positive number, or nothing is adapted.
    pub fn new(base: Gpt<S, E, D>, config: Config, seed: u64) -> Result<Self, Error> {
        config.check(Room::SIZE, S::Model::SIZE)?;
        let mut adapters: Adapters<S, Room, E, D> = BuildModule::build(base.tokens.weight.device());
        let mut rng = seeds::generator(seed);
        crate::walk::each(&mut adapters, |name, numbers: &mut Vec<E>| {
            let Some(name) = name.strip_suffix(".a") else { return };
            if config.adapts(name) {
                let columns = numbers.len() / Room::SIZE;
                let bound = 1.0 / (columns as f64).sqrt();
                numbers[..config.r * columns].fill_with(|| E::of(rng.gen_range(-bound..bound)));
            }
        });
        Ok(Self { base, adapters, config })
    }

    // ANCHOR: adapted
    /// The model with W + (α / r) B A for every W that is adapted, and the tape on which the sums stand.
    pub fn adapted<T: Tape<E, D>>(&self, mut tape: T) -> (Gpt<S, E, D>, T) {
        let (mut model, scale) = (self.base.clone(), E::of(self.config.scale()));
        for (block, adapters) in model.blocks.modules.iter_mut().zip(&self.adapters.modules) {
            let (heads, mlp) = (&mut block.attention, &mut block.feed_forward);
            for target in &self.config.target_modules {
                tape = match target {
                    Target::Query => add(&mut heads.query.weight, &adapters.query, scale, tape),
                    Target::Key => add(&mut heads.key.weight, &adapters.key, scale, tape),
                    Target::Value => add(&mut heads.value.weight, &adapters.value, scale, tape),
                    Target::Output => add(&mut heads.output.weight, &adapters.output, scale, tape),
                    Target::Up => add(&mut mlp.up.weight, &adapters.up, scale, tape),
                    Target::Down => add(&mut mlp.down.weight, &adapters.down, scale, tape),
                };
            }
        }
        (model, tape)
    }

    /// The adapted model as a model of its own, which needs no adapters any more.
    pub fn merged(&self) -> Gpt<S, E, D> {
        self.adapted(NoneTape).0
    }
}

/// W ← W + scale · B A.
fn add<In: ConstDim, Out: ConstDim, Room: ConstDim, E: Real, D: Device<E>, T: Tape<E, D>>(
    weight: &mut Tensor<(Out, In), E, D>,
    adapter: &Adapter<In, Out, Room, E, D>,
    scale: E,
    tape: T,
) -> T {
    let change = adapter.b.clone().put_tape(tape).matmul(adapter.a.clone()) * scale;
    let (sum, tape) = (change + weight.clone()).split_tape();
    *weight = sum;
    tape
}
// ANCHOR_END: adapted

impl Config {
    /// Whether the matrix with this name in a walk over [`Adapters`], `0.query`, is adapted.
    pub(crate) fn adapts(&self, name: &str) -> bool {
        let matrix = name.split_once('.').and_then(|(_, matrix)| Target::named(matrix));
        matrix.is_some_and(|target| self.target_modules.contains(&target))
    }
}

impl<S: Sizes, Room: ConstDim, D: Kernels<f32> + Shareable> LanguageModel<D> for Lora<S, Room, f32, D>
where
    Gpt<S, f32, D>: LanguageModel<D>,
    Self: Clone + Shareable,
{
    const SHAPE: Shape = Shape::of::<S>();

    fn device(&self) -> &D {
        self.base.tokens.weight.device()
    }

    fn loss<T: Tape<f32, D>>(
        &self,
        batch: &Batch,
        tape: T,
        dropout: &mut Dropout,
    ) -> Tensor<Rank0, f32, D, T> {
        let (model, tape) = self.adapted(tape);
        model.loss(batch, tape, dropout)
    }

    fn logits(&self, tokens: &[usize]) -> Vec<f32> {
        self.merged().logits(tokens)
    }
}

impl<S: Sizes, Room: ConstDim, D: Kernels<f32> + Shareable> Trainable<D> for Lora<S, Room, f32, D>
where
    Self: LanguageModel<D>,
    Adapters<S, Room, f32, D>: Parameters<D>,
{
    type Parameters = Adapters<S, Room, f32, D>;

    fn parameters(&self) -> &Self::Parameters {
        &self.adapters
    }

    fn parameters_mut(&mut self) -> &mut Self::Parameters {
        &mut self.adapters
    }
}
