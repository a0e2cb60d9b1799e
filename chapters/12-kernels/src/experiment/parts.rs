//! The parts of a GPT that are measured, forward and backward: by the experiment, and by
//! `cargo bench -p kernels`.
//!
//! The sizes are those of one thread when the laptop size of the next chapter is trained on two
//! cores: 6 windows of 64 tokens.

use attention::causal_mask;
use attention::scaled_dot_product::Sequences;
use deep_networks::Dropout;
use dfdx::prelude::{
    Backward, BuildModule, Const, Cpu, Module, NoneTape, OwnedTape, PutTape, Rank0, ReshapeTo, Shape,
    SplitTape, Tape, Tensor, TensorFromVec, ZerosTensor,
};
use kernels::Kernels;
use tensors::seeds;
use transformer::{Block, sizes};

pub const MODEL: usize = 128;
pub const HEADS: usize = 4;
pub const HEAD_DIM: usize = 32;
pub const HIDDEN: usize = 512;
pub const VOCAB: usize = 256;
pub const SEQ: usize = 64;
pub const BATCH: usize = 6;
pub const ROWS: usize = BATCH * SEQ;

sizes!(pub Laptop {
    vocab: VOCAB, context: 256, model: MODEL, heads: HEADS, head_dim: HEAD_DIM, hidden: HIDDEN, layers: 4
});

pub type Traced = OwnedTape<f32, Cpu>;
/// Gets the name of a part, its floating-point operations, the bytes it must at least move, and the
/// two ways to do it.
pub type Each<'a> = dyn FnMut(&str, usize, usize, [&mut dyn FnMut(); 2]) + 'a;

/// Bytes that a forward and a backward pass must at least read or write: those of input, output and
/// parameters, and of the gradient of each.
pub fn traffic(numbers: usize) -> usize {
    2 * 4 * numbers
}

pub fn random<const WIDTH: usize>(batch: usize, seq: usize) -> Sequences<Const<WIDTH>, f32, Cpu, NoneTape> {
    let values = seeds::normal(&mut seeds::generator(1), batch * seq * WIDTH, 1.0);
    Cpu::default().tensor_from_vec(values, (batch, seq, Const))
}

/// Runs backwards from a loss whose slope by every number of `y` is 1: a sum, without the time of
/// adding.
pub fn back<S: Shape>(y: Tensor<S, f32, Cpu, Traced>) {
    let (y, mut tape) = y.split_tape();
    let output = y.ghost();
    tape.add_backward_op(move |gradients| {
        gradients.get_or_alloc_mut(&output)?.fill(1.0);
        Ok(())
    });
    let loss: Tensor<Rank0, f32, Cpu> = y.device().zeros();
    loss.put_tape(tape).backward();
}

/// Hands over each part, by composites and by its kernel.
pub fn each(part: &mut Each<'_>) {
    let dev = Cpu::seed_from_u64(1);
    let block: Block<Laptop, f32, Cpu> = BuildModule::build(&dev);
    let (x, logits): (_, Sequences<Const<VOCAB>, f32, Cpu, NoneTape>) =
        (random::<MODEL>(BATCH, SEQ), random(BATCH, SEQ));
    let traced = || x.clone().put_tape(Traced::default());
    let scores = || logits.clone().put_tape(Traced::default());
    let mask = causal_mask(&dev, SEQ);
    let causal = <Cpu as Kernels<f32>>::causal(&dev, SEQ);
    let product = 6 * ROWS * MODEL * HIDDEN; // y, dx and dW; a multiplication and an addition each
    part(
        "layer norm",
        14 * ROWS * MODEL,
        traffic(2 * ROWS * MODEL),
        [&mut || back(block.norm1.norm(traced())), &mut || back(Cpu::layer_norm(traced(), &block.norm1))],
    );
    let up = &block.feed_forward.up;
    part(
        "linear",
        product,
        traffic(ROWS * (MODEL + HIDDEN) + MODEL * HIDDEN),
        [&mut || back(up.forward(traced())), &mut || {
            back(Cpu::linear(traced(), &up.weight, Some(&up.bias)));
        }],
    );
    let scores_and_sums = 2 * 6 * BATCH * SEQ * (SEQ + 1) / 2 * MODEL;
    let attend = 6 * ROWS * 4 * MODEL * MODEL + scores_and_sums;
    part(
        "attend",
        attend,
        traffic(2 * ROWS * MODEL + 4 * MODEL * MODEL),
        [
            &mut || {
                let x = traced();
                back(
                    block.attention.attend(
                        block.norm1.norm(x.retaped::<Traced>()),
                        Some(&mask),
                        &mut Dropout::off(),
                    ) + x,
                );
            },
            &mut || {
                back(Cpu::attend(traced(), &block.norm1, &block.attention, &causal, &mut Dropout::off()));
            },
        ],
    );
    part(
        "think",
        2 * product,
        traffic(2 * ROWS * MODEL + 2 * MODEL * HIDDEN),
        [
            &mut || {
                let x = traced();
                back(
                    block.feed_forward.think(block.norm2.norm(x.retaped::<Traced>()), &mut Dropout::off())
                        + x,
                );
            },
            &mut || back(Cpu::think(traced(), &block.norm2, &block.feed_forward, &mut Dropout::off())),
        ],
    );
    let targets: Vec<usize> = (0..ROWS).map(|i| i * 7 % VOCAB).collect();
    part(
        "cross-entropy",
        8 * ROWS * VOCAB,
        traffic(ROWS * VOCAB),
        [
            &mut || {
                deep_networks::cross_entropy(scores().reshape_like(&(ROWS, Const::<VOCAB>)), &targets)
                    .backward();
            },
            &mut || {
                Cpu::cross_entropy(scores(), &targets, None).backward();
            },
        ],
    );
}
