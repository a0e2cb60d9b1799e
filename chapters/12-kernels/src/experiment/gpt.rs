//! A GPT whose every part can be switched from its composite to its kernel, and one step of its
//! training.

use crate::experiment::parts::{Traced, VOCAB};
use attention::causal_mask;
use attention::scaled_dot_product::Sequences;
use deep_networks::{Dropout, Optimiser, Repeated, Rule};
use dfdx::prelude::{
    Backward, BuildModule, Const, Cpu, Gradients, PermuteTo, Rank0, ReshapeTo, SplitTape, Tensor, Trace,
    TryMatMul, ZeroGrads, ZerosTensor,
};
use kernels::{Kernels, composite_update};
use language_models::Embedding;
use positions::LearnedPositions;
use rayon::prelude::*;
use transformer::{Block, LayerNorm, Sizes};

const CONTEXT: usize = 1024;

/// Sizes by their numbers: many of them are measured.
#[derive(Debug, Clone, Copy)]
pub struct Of<
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    const HIDDEN: usize,
    const LAYERS: usize,
>;

impl<
    const MODEL: usize,
    const HEADS: usize,
    const HEAD_DIM: usize,
    const HIDDEN: usize,
    const LAYERS: usize,
> Sizes for Of<MODEL, HEADS, HEAD_DIM, HIDDEN, LAYERS>
{
    type Vocab = Const<VOCAB>;
    type Context = Const<CONTEXT>;
    type Model = Const<MODEL>;
    type Heads = Const<HEADS>;
    type HeadDim = Const<HEAD_DIM>;
    type Hidden = Const<HIDDEN>;
    type Layers = Const<LAYERS>;
}

/// Tokens, positions, blocks, last norm: the architecture of the next chapter.
pub type Gpt<S> = (
    Embedding<<S as Sizes>::Vocab, <S as Sizes>::Model, f32, Cpu>,
    LearnedPositions<<S as Sizes>::Context, <S as Sizes>::Model, f32, Cpu>,
    Repeated<Block<S, f32, Cpu>, <S as Sizes>::Layers>,
    LayerNorm<<S as Sizes>::Model, f32, Cpu>,
);

/// What can be computed by a kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kernel {
    Think,
    Attend,
    /// Embedding, last norm, output and cross-entropy.
    Ends,
    Update,
}

/// How a step is computed.
#[derive(Debug, Clone, Copy)]
pub struct With {
    /// What by kernels; the rest by composites.
    pub kernels: &'static [Kernel],
    /// In how many parts the batch is split, each for a thread.
    pub parts: usize,
}

impl With {
    /// Every kernel.
    pub const ALL: &'static [Kernel] = &[Kernel::Think, Kernel::Attend, Kernel::Ends, Kernel::Update];

    fn has(self, kernel: Kernel) -> bool {
        self.kernels.contains(&kernel)
    }
}

/// A model in training on made-up text: how long a step takes does not depend on what is read.
///
/// With `KERNELS` it knows kernels only, whatever it is told. Composites take the compiler a second
/// for each part of each size, and all sizes but one are measured without them.
pub struct Training<S: Sizes, const KERNELS: bool> {
    pub model: Gpt<S>,
    pub optimiser: Optimiser<Gpt<S>>,
    gradients: Vec<Gradients<f32, Cpu>>,
    tokens: Vec<usize>,
    seq: usize,
}

impl<S: Sizes, const KERNELS: bool> Training<S, KERNELS> {
    pub fn new(batch: usize, seq: usize) -> Self {
        let dev = Cpu::seed_from_u64(1);
        let mut model: Gpt<S> = BuildModule::build(&dev);
        deep_networks::initialise(&mut model, 1);
        let adamw = Rule::AdamW { betas: [0.9, 0.99], weight_decay: 0.1 };
        let tokens = (0..batch * (seq + 1)).map(|i| i * i / 7 % VOCAB).collect();
        let optimiser = Optimiser::new(adamw, &dev);
        Self { model, optimiser, gradients: Vec::new(), tokens, seq }
    }

    /// One step.
    pub fn step(&mut self, with: With) {
        let Self { model, optimiser, gradients, tokens, seq } = self;
        let rows = tokens.len() / (*seq + 1);
        let share = rows.div_ceil(with.parts) * (*seq + 1);
        gradients.resize_with(tokens.len().div_ceil(share), || model.alloc_grads());
        *gradients = tokens
            .par_chunks(share)
            .zip(gradients.par_drain(..))
            .map(|(tokens, mut gradients)| {
                model.zero_grads(&mut gradients);
                let start: Tensor<Rank0, f32, Cpu> = model.0.weight.device().zeros();
                let (_, tape) = start.traced(gradients).split_tape();
                let count = tokens.len() as f32 / share as f32 / with.parts as f32;
                (loss::<S, KERNELS>(model, tokens, *seq, with, tape) * count).backward()
            })
            .collect();
        if KERNELS || with.has(Kernel::Update) {
            Cpu::update(optimiser, model, gradients, 1.0, 1e-3);
        } else {
            composite_update(optimiser, model, gradients, 1.0, 1e-3);
        }
    }
}

fn loss<S: Sizes, const KERNELS: bool>(
    (tokens, positions, blocks, norm): &Gpt<S>,
    text: &[usize],
    seq: usize,
    with: With,
    tape: Traced,
) -> Tensor<Rank0, f32, Cpu, Traced> {
    let ids: Vec<usize> = text.chunks(seq + 1).flat_map(|row| &row[..seq]).copied().collect();
    let targets: Vec<usize> = text.chunks(seq + 1).flat_map(|row| &row[1..]).copied().collect();
    let (dev, rows, off) = (tokens.weight.device(), ids.len() / seq, &mut Dropout::off());
    let mut x: Sequences<S::Model, f32, Cpu, Traced> = if KERNELS || with.has(Kernel::Ends) {
        Cpu::embed(tokens, positions, &ids, rows, tape, off)
    } else {
        positions.add(tokens.look_up(&ids, seq, tape))
    };
    let mask = causal_mask(dev, seq);
    let causal = <Cpu as Kernels<f32>>::causal(dev, seq);
    for block in &blocks.modules {
        x = if KERNELS || with.has(Kernel::Attend) {
            Cpu::attend(x, &block.norm1, &block.attention, &causal, off)
        } else {
            block.attention.attend(block.norm1.norm(x.retaped::<Traced>()), Some(&mask), off) + x
        };
        x = if KERNELS || with.has(Kernel::Think) {
            Cpu::think(x, &block.norm2, &block.feed_forward, off)
        } else {
            block.feed_forward.think(block.norm2.norm(x.retaped::<Traced>()), off) + x
        };
    }
    if KERNELS || with.has(Kernel::Ends) {
        let logits = Cpu::linear(Cpu::layer_norm(x, norm), &tokens.weight, None);
        return Cpu::cross_entropy(logits, &targets, None);
    }
    let logits = norm.norm(x).matmul(tokens.weight.retaped::<Traced>().permute());
    deep_networks::cross_entropy(logits.reshape_like(&(rows * seq, S::Vocab::default())), &targets)
}
