//! The bytes that a gradient is said to need, against those that the program takes: in a process of its
//! own, for every allocation of a process is counted.

use dfdx::prelude::{Backward, BuildModule, Cpu, Rank0, SplitTape, Tensor, Trace, ZeroGrads, ZerosTensor};
use gpt::data::Batch;
use gpt::initialise::initialise;
use gpt::loss::loss_and_gradients;
use gpt::sizes::{Laptop, LaptopBpe};
use gpt::{Gpt, Shape};
use kernels::Workers;
use peak_alloc::PeakAlloc;
use scaling::cost::{Keep, Memory};
use scaling::recompute;
use transformer::Sizes;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Windows and their length: powers of two, for a kernel's memory comes in powers of two.
const ROWS: usize = 8;
const SEQ: usize = 256;

/// How far memory rises above where it stood, on a thread of its own, whose buffers end with it.
fn peak(of: impl FnOnce() + Send) -> usize {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    std::thread::scope(|scope| scope.spawn(of).join().expect("the gradient is computed"));
    MEMORY.peak_usage() - before
}

/// Bytes that are not counted, since they depend on how a block is computed. Of each token: the slopes of
/// one block's hidden numbers and five times those of its stream, which are there for a moment; and what
/// comes of rounding the room for queries, keys and values, and for scores, up to a power of two.
/// Besides, whatever the number of tokens, copies of matrices and what a product packs them into: 4 MB
/// here.
fn working(shape: &Shape, tokens: usize, blocks: usize) -> usize {
    let rounded = blocks * shape.model + 2 * (shape.vocabulary.next_power_of_two() - shape.vocabulary);
    tokens * (shape.hidden + 5 * shape.model + rounded) * 4 + 4_000_000
}

fn judge<S: Sizes>(name: &str) {
    let shape = Shape::of::<S>();
    let mut model = Gpt::<S>::build(&Cpu::default());
    initialise(&mut model, 1);
    let tokens: Vec<usize> = (0..ROWS * (SEQ + 1)).map(|i| i * i / 7 % 256).collect();
    let starts: Vec<usize> = (0..ROWS).map(|row| row * (SEQ + 1)).collect();
    let batch = Batch::at(&tokens, &starts, SEQ);
    let in_pieces = |pieces: usize| {
        peak(|| {
            let workers = Workers::alone().keeping(ROWS / pieces * SEQ * shape.kept_per_token());
            loss_and_gradients(&workers, &model, &batch, (0.0, 0), &mut Vec::new());
        })
    };
    let recomputed = peak(|| {
        let start: Tensor<Rank0, f32, Cpu> = model.tokens.weight.device().zeros();
        let (_, tape) = start.traced(model.alloc_grads()).split_tape();
        recompute::loss(&model, &batch, tape).backward();
    });
    let [whole, halves, quarters, eighths] = [1, 2, 4, 8].map(in_pieces);
    let mut saved = (whole - recomputed, 0);
    for (pieces, keep, measured) in [
        (1, Keep::Everything, whole),
        (2, Keep::Everything, halves),
        (4, Keep::Everything, quarters),
        (8, Keep::Everything, eighths),
        (1, Keep::Inputs, recomputed),
    ] {
        let tokens = ROWS * SEQ / pieces;
        let memory = Memory::of_step(&shape, tokens, keep);
        let counted = memory.gradients + memory.activations();
        let blocks = if keep == Keep::Inputs { 1 } else { shape.layers };
        let most = counted + working(&shape, tokens, blocks);
        println!(
            "{name}, {pieces} pieces, {keep:?}: {counted} counted, {most} at most, {measured} measured"
        );
        assert!(measured >= counted, "{name}, {pieces} pieces, {keep:?}: less than is counted");
        assert!(measured <= most, "{name}, {pieces} pieces, {keep:?}: {measured}, more than {most}");
        // What is kept falls with the size of a piece; a twentieth is there in any case.
        let share = (measured - memory.gradients) as f64 / (whole - memory.gradients) as f64;
        let least = 1.0 / pieces as f64;
        assert!(
            keep == Keep::Inputs || share < least + 0.05,
            "{name}: {share} of the activations in {pieces}"
        );
        saved.1 = memory.activations();
    }
    let activations = Memory::of_step(&shape, ROWS * SEQ, Keep::Everything).activations();
    saved.1 = activations - saved.1;
    assert!(saved.0 >= saved.1, "{name}: recomputing saves {} bytes, not {}", saved.0, saved.1);
}

#[test]
fn a_gradient_takes_the_memory_that_is_counted() {
    judge::<Laptop>("laptop");
    judge::<LaptopBpe>("laptop-bpe");
}
