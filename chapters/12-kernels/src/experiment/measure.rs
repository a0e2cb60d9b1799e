//! `cargo run --release -p kernels -- measure DATE`: measures everything that this chapter's
//! figures show, in some minutes.

use crate::experiment::gpt::{Of, Training, With};
use crate::experiment::parts::{HEAD_DIM, HEADS, HIDDEN, MODEL, SEQ, Traced, VOCAB, back, each, random};
use crate::experiment::record::{Machine, Part, Record, Share, Size, Step};
use attention::scaled_dot_product::{Sequences, weights_with_masks};
use dfdx::prelude::{
    Backward, BuildModule, Const, Cpu, GatherTo, Module, NoneTape, PermuteTo, PutTape, ReshapeTo,
    TensorFromVec, TryMatMul, ZeroGrads,
};
use kernels::matmul::{Matrix, Write, multiply};
use kernels::measured::{median, processor};
use kernels::{Shape, composite_update};
use multi_head::{merge_heads, padding_masks, split_heads};
use neurons::gelu::Gelu;
use positions::LearnedPositions;
use rayon::prelude::*;
use std::time::Instant;
use tensors::seeds;
use transformer::{Block, Sizes};

/// Rows and columns of the matrices that measure the peak.
const SIDE: usize = 768;

// The laptop size of the next chapter, and the batch that it trains on.
const LAYERS: usize = 4;
const BATCH: usize = 12;
const ROWS: usize = BATCH * SEQ;

type Stream<const WIDTH: usize> = Sequences<Const<WIDTH>, f32, Cpu, Traced>;
type Laptop = Training<Of<MODEL, HEADS, HEAD_DIM, HIDDEN, LAYERS>, false>;

pub fn measure(date: &str) -> Record {
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    eprintln!("the machine …");
    let machine = machine(date);
    eprintln!("the composite step, part by part …");
    let profile = profile();
    eprintln!("composites and kernels on one thread …");
    let parts = one.install(parts);
    eprintln!("the whole step …");
    let steps = steps(machine.cores);
    eprintln!("other sizes …");
    let sizes = sizes(machine.cores);
    Record { machine, profile, parts, steps, sizes }
}

/// Milliseconds of each of some programs: the median of `rounds` runs, in which they take turns,
/// after two that do not count.
fn alternate(rounds: usize, programs: &mut [&mut dyn FnMut()]) -> Vec<f64> {
    let mut times = vec![Vec::new(); programs.len()];
    for round in 0..rounds + 2 {
        for (program, times) in programs.iter_mut().zip(&mut times) {
            let begun = Instant::now();
            program();
            if round >= 2 {
                times.push(begun.elapsed().as_secs_f64() * 1000.0);
            }
        }
    }
    times.iter().map(|times| median(times)).collect()
}

fn alone(rounds: usize, mut program: impl FnMut()) -> f64 {
    alternate(rounds, &mut [&mut program])[0]
}

fn machine(date: &str) -> Machine {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let product = |out: &mut Vec<f32>, a: &[f32]| {
        let a = Matrix::new(a, SIDE, SIDE);
        multiply(Write::Over, out, SIDE, 1.0, a, a);
    };
    let a = seeds::normal(&mut seeds::generator(1), SIDE * SIDE, 1.0);
    let mut outs = vec![vec![0.0; SIDE * SIDE]; cores];
    let on_one = alone(20, || product(&mut outs[0], &a));
    let on_all = alone(20, || outs.par_iter_mut().for_each(|out| product(out, &a)));
    let gflops = |milliseconds: f64| 2.0 * (SIDE * SIDE * SIDE) as f64 / milliseconds / 1e6;
    let copying = |count: usize, times: usize| {
        let (from, mut to) = (vec![1.0_f32; count], vec![0.0_f32; count]);
        let milliseconds = alone(20, || {
            for _ in 0..times {
                to.copy_from_slice(std::hint::black_box(&from));
                std::hint::black_box(&mut to);
            }
        });
        (2 * 4 * count * times) as f64 / milliseconds / 1e6
    };
    Machine {
        processor: processor(),
        cores,
        date: date.to_owned(),
        peak: gflops(on_one),
        peak_of_all: cores as f64 * gflops(on_all),
        memory: copying(1 << 26, 1),
        cache: copying(1 << 16, 200), // 256 KiB read, 256 KiB written
    }
}

/// The composite step's operations, each alone, forward and backward, times its number in a step.
fn profile() -> Vec<Share> {
    let dev = Cpu::seed_from_u64(1);
    let block: Block<crate::experiment::parts::Laptop, f32, Cpu> = BuildModule::build(&dev);
    let (x, wide): (_, Sequences<Const<HIDDEN>, f32, Cpu, NoneTape>) =
        (random::<MODEL>(BATCH, SEQ), random(BATCH, SEQ));
    let traced = || x.clone().put_tape(Traced::default());
    let other = random::<MODEL>(BATCH, SEQ);
    let many = || wide.clone().put_tape(Traced::default());
    let masks = padding_masks(&dev, &[SEQ; BATCH * HEADS], SEQ, SEQ, true);
    let heads = |x: Stream<MODEL>| split_heads(x, block.attention.heads);
    let mut shares = Vec::new();
    let mut share = |name: &str, count: usize, program: &mut dyn FnMut()| {
        let milliseconds = alternate(15, &mut [program])[0] * count as f64;
        shares.push(Share { name: name.to_owned(), milliseconds });
    };
    let (square, up, down) = (&block.attention.query, &block.feed_forward.up, &block.feed_forward.down);
    share("linear layers", LAYERS, &mut || {
        (0..4).for_each(|_| back(square.forward(traced())));
        back(up.forward(traced()));
        back(down.forward(many()));
    });
    share("attention between them", LAYERS, &mut || {
        let x = traced();
        let value = heads(x.retaped::<Traced>());
        let weights = weights_with_masks(heads(x.retaped::<Traced>()), heads(x), Some(masks.clone()));
        let merged: Stream<MODEL> = merge_heads(weights.matmul(value), block.attention.heads);
        back(merged);
    });
    share("layer norm", 2 * LAYERS + 1, &mut || back(block.norm1.norm(traced())));
    share("GELU", LAYERS, &mut || back(Cpu::gelu(many())));
    share("residual additions", 2 * LAYERS, &mut || {
        back(traced() + other.clone().put_tape(Traced::default()));
    });
    let targets: Vec<usize> = (0..ROWS).map(|i| i * 7 % VOCAB).collect();
    let (table, positions) =
        (random::<MODEL>(1, VOCAB), LearnedPositions::<Const<SEQ>, Const<MODEL>, f32, Cpu>::build(&dev));
    let table = table.reshape_like(&(Const::<VOCAB>, Const::<MODEL>));
    share("embedding, output and cross-entropy", 1, &mut || {
        let ids = TensorFromVec::<usize>::tensor_from_vec(&dev, targets.clone(), (BATCH, SEQ));
        back(positions.add(table.clone().put_tape(Traced::default()).gather(ids)));
        let logits = traced().matmul(table.retaped::<Traced>().permute());
        deep_networks::cross_entropy(logits.reshape_like(&(ROWS, Const::<VOCAB>)), &targets).backward();
    });
    let mut training = Laptop::new(BATCH, SEQ);
    let mut gradients = [training.model.alloc_grads()];
    share("optimiser", 1, &mut || {
        training.model.zero_grads(&mut gradients[0]);
        composite_update(&mut training.optimiser, &mut training.model, &mut gradients, 1.0, 1e-3);
    });
    shares
}

/// Each part, by composites and by its kernel.
fn parts() -> Vec<Part> {
    let mut parts = Vec::new();
    each(&mut |name, operations, bytes, mut ways| {
        let times = alternate(60, &mut ways);
        let (operations, bytes) = (operations as f64, bytes as f64);
        parts.push(Part {
            name: name.to_owned(),
            operations,
            bytes,
            composite: times[0],
            kernel: times[1],
        });
    });
    parts
}

/// The training step with one kernel more each time.
fn steps(cores: usize) -> Vec<Step> {
    let names = [
        "composites",
        "feed-forward in one step",
        "attention in one step",
        "embedding, output and loss",
        "optimiser in two passes",
        "a part of the batch for each thread",
    ];
    let more = |count: usize| With { kernels: &With::ALL[..count], parts: 1 };
    let ways = [more(0), more(1), more(2), more(3), more(4), With { kernels: With::ALL, parts: cores }];
    let mut trainings = ways.map(|_| Laptop::new(BATCH, SEQ));
    let mut programs: Vec<_> =
        trainings.iter_mut().zip(ways).map(|(training, with)| move || training.step(with)).collect();
    let mut programs: Vec<&mut dyn FnMut()> = programs.iter_mut().map(|p| p as &mut dyn FnMut()).collect();
    let times = alternate(30, &mut programs);
    let step = |(name, milliseconds): (&str, f64)| Step { name: name.to_owned(), milliseconds };
    names.into_iter().zip(times).map(step).collect()
}

/// The laptop size, with one size changed.
fn sizes(cores: usize) -> Vec<Size> {
    let mut sizes = Vec::new();
    let mut add =
        |what: &str, value: usize, size: Size| sizes.push(Size { what: what.to_owned(), value, ..size });
    add("width", 64, timed::<Of<64, 2, 32, 256, 4>>(BATCH, SEQ, cores));
    add("width", 128, timed::<Of<128, 4, 32, 512, 4>>(BATCH, SEQ, cores));
    add("width", 256, timed::<Of<256, 8, 32, 1024, 4>>(BATCH, SEQ, cores));
    add("width", 512, timed::<Of<512, 16, 32, 2048, 4>>(BATCH, SEQ, cores));
    add("layers", 1, timed::<Of<128, 4, 32, 512, 1>>(BATCH, SEQ, cores));
    add("layers", 2, timed::<Of<128, 4, 32, 512, 2>>(BATCH, SEQ, cores));
    add("layers", 4, timed::<Of<128, 4, 32, 512, 4>>(BATCH, SEQ, cores));
    add("layers", 8, timed::<Of<128, 4, 32, 512, 8>>(BATCH, SEQ, cores));
    for seq in [16, 64, 256, 1024] {
        // As many tokens in a batch, in longer windows.
        add("context", seq, timed::<Of<128, 4, 32, 512, 4>>((2048 / seq).max(2), seq, cores));
    }
    for batch in [2, 4, 12, 48] {
        add("batch", batch, timed::<Of<128, 4, 32, 512, 4>>(batch, SEQ, cores));
    }
    for threads in 1..=cores {
        add("threads", threads, timed::<Of<128, 4, 32, 512, 4>>(BATCH, SEQ, threads));
    }
    sizes
}

fn timed<S: Sizes>(batch: usize, seq: usize, threads: usize) -> Size {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let mut training = Training::<S, true>::new(batch, seq);
    let milliseconds =
        alone(15, || pool.install(|| training.step(With { kernels: With::ALL, parts: threads })));
    let tokens = batch * seq;
    let shape = Shape::of::<S>();
    let operations = (tokens * 3 * shape.flops_per_token(seq)) as f64;
    Size { what: String::new(), value: 0, tokens, operations, milliseconds }
}
