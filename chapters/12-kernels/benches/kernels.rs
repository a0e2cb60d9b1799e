//! `cargo bench -p kernels`: each part of a GPT forwards and backwards, by the composites of the earlier chapters and by the kernels.
//!
//! The sizes are those of one thread when the laptop size is trained on two cores: 6 windows of 64 tokens. "elem" in criterion's output is a
//! floating-point operation of the part's matrix products (of its numbers, where it has none), so `Gelem/s` reads GFLOP/s; bytes are those of the
//! tensors that the part must read and write once.

use attention::causal_mask;
use attention::scaled_dot_product::Sequences;
use criterion::{
    BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use deep_networks::Dropout;
use dfdx::prelude::modules::Linear;
use dfdx::prelude::{
    Backward, BuildModule, Const, Cpu, Gradients, NoneTape, OwnedTape, PutTape, Rank0, Rank2, ReshapeTo,
    SampleTensor, Shape, SplitTape, Tape, Tensor, TensorFromVec, ZerosTensor,
};
use kernels::Kernels;
use positions::LearnedPositions;
use tensors::seeds;
use transformer::Block;

const BATCH: usize = 6;
const SEQ: usize = 64;
const ROWS: usize = BATCH * SEQ;
const MODEL: usize = 128;
const HIDDEN: usize = 512;
const VOCAB: usize = 256;

type Laptop = Block<MODEL, 4, 32, HIDDEN, f32, Cpu>;
type Traced = OwnedTape<f32, Cpu>;
type Stream<const WIDTH: usize> = Sequences<WIDTH, f32, Cpu, Traced>;

fn random<const WIDTH: usize>(seed: u64) -> Sequences<WIDTH, f32, Cpu, NoneTape> {
    let values = seeds::normal(&mut seeds::generator(seed), ROWS * WIDTH, 1.0);
    Cpu::default().tensor_from_vec(values, (BATCH, SEQ, Const))
}

/// A loss whose gradient by every number of `y` is 1: the sum, without the time that dfdx takes to add.
fn loss<S: Shape>(y: Tensor<S, f32, Cpu, Traced>) -> Tensor<Rank0, f32, Cpu, Traced> {
    let (y, mut tape) = y.split_tape();
    let output = y.ghost();
    tape.add_backward_op(move |gradients| {
        gradients.get_or_alloc_mut(&output)?.fill(1.0);
        Ok(())
    });
    y.device().zeros().put_tape(tape)
}

/// Runs `part` on `x` and then backwards from [`loss`].
fn both_ways<const IN: usize, const OUT: usize>(
    x: &Sequences<IN, f32, Cpu, NoneTape>,
    part: impl Fn(Stream<IN>) -> Stream<OUT>,
) -> Gradients<f32, Cpu> {
    loss(part(x.clone().put_tape(Traced::default()))).backward()
}

/// The numbers that a forward and a backward pass must at least read or write: input, output and parameters, and the gradient of each.
fn traffic(numbers: usize) -> u64 {
    (2 * 4 * numbers) as u64
}

fn group<'a>(
    c: &'a mut Criterion,
    name: &str,
    operations: usize,
    numbers: usize,
) -> BenchmarkGroup<'a, WallTime> {
    let mut group = c.benchmark_group(name);
    group.sample_size(20).warm_up_time(std::time::Duration::from_millis(500));
    group.measurement_time(std::time::Duration::from_secs(2));
    group.throughput(Throughput::ElementsAndBytes { elements: operations as u64, bytes: traffic(numbers) });
    group
}

fn parts(c: &mut Criterion) {
    let dev = Cpu::seed_from_u64(1);
    let layer = Laptop::build(&dev);
    let (x, wide) = (random::<MODEL>(1), random::<VOCAB>(2));
    let mask = causal_mask(&dev, SEQ);
    let off = Dropout::off;

    let mut g = group(c, "layer norm", ROWS * MODEL, 2 * ROWS * MODEL);
    g.bench_function("composite", |b| b.iter(|| both_ways(&x, |x| layer.norm1.norm(x))));
    g.bench_function("kernel", |b| b.iter(|| both_ways(&x, |x| Cpu::layer_norm(x, &layer.norm1))));
    g.finish();

    let up: &Linear<MODEL, HIDDEN, f32, Cpu> = &layer.feed_forward.up;
    let product = 6 * ROWS * MODEL * HIDDEN; // a multiplication and an addition, for y, dx and dW
    let mut g = group(c, "linear", product, ROWS * (MODEL + HIDDEN) + MODEL * HIDDEN);
    g.bench_function("composite", |b| {
        b.iter(|| both_ways(&x, |x| dfdx::prelude::Module::forward(up, x)));
    });
    g.bench_function("kernel", |b| {
        b.iter(|| both_ways(&x, |x| Cpu::linear(x, &up.weight, Some(&up.bias))));
    });
    g.finish();

    let scores = 2 * 6 * BATCH * SEQ * (SEQ + 1) / 2 * MODEL; // Q Kᵀ and P V, and half of each for the triangle
    let attend = 6 * ROWS * 4 * MODEL * MODEL + scores;
    let mut g = group(c, "attend", attend, 2 * ROWS * MODEL + 4 * MODEL * MODEL);
    g.bench_function("composite", |b| {
        b.iter(|| {
            both_ways(&x, |x| {
                layer.attention.attend(layer.norm1.norm(x.retaped::<Traced>()), Some(&mask), &mut off()) + x
            })
        });
    });
    g.bench_function("kernel", |b| {
        b.iter(|| both_ways(&x, |x| Cpu::attend(x, &layer.norm1, &layer.attention, &mut off())));
    });
    g.finish();

    let think = 2 * product;
    let mut g = group(c, "think", think, 2 * ROWS * MODEL + 2 * MODEL * HIDDEN);
    g.bench_function("composite", |b| {
        b.iter(|| {
            both_ways(&x, |x| {
                layer.feed_forward.think(layer.norm2.norm(x.retaped::<Traced>()), &mut off()) + x
            })
        });
    });
    g.bench_function("kernel", |b| {
        b.iter(|| both_ways(&x, |x| Cpu::think(x, &layer.norm2, &layer.feed_forward, &mut off())));
    });
    g.finish();

    let mut g = group(c, "block", attend + think, 2 * ROWS * MODEL + 12 * MODEL * MODEL);
    g.bench_function("composite", |b| {
        b.iter(|| both_ways(&x, |x| layer.run(x, Some(&mask), &mut off())));
    });
    g.bench_function("kernel", |b| b.iter(|| both_ways(&x, |x| kernels::block(&layer, x, &mut off()))));
    g.finish();

    let targets: Vec<usize> = (0..ROWS).map(|i| i * 7 % VOCAB).collect();
    let mut g = group(c, "cross-entropy", ROWS * VOCAB, ROWS * VOCAB);
    g.bench_function("composite", |b| {
        b.iter(|| {
            let logits = wide.clone().put_tape(Traced::default()).reshape_like(&(ROWS, Const::<VOCAB>));
            deep_networks::cross_entropy(logits, &targets).backward()
        });
    });
    g.bench_function("kernel", |b| {
        b.iter(|| Cpu::cross_entropy(wide.clone().put_tape(Traced::default()), &targets).backward());
    });
    g.finish();

    let tokens: Tensor<Rank2<VOCAB, MODEL>, f32, Cpu> = dev.sample_normal();
    let positions: LearnedPositions<SEQ, MODEL, f32, Cpu> = BuildModule::build(&dev);
    let mut g = group(c, "embedding", ROWS * MODEL, ROWS * MODEL + (VOCAB + SEQ) * MODEL);
    g.bench_function("composite", |b| {
        b.iter(|| {
            let ids = dev.tensor_from_vec(targets.clone(), (BATCH, SEQ));
            let rows = dfdx::prelude::GatherTo::gather(tokens.clone().put_tape(Traced::default()), ids);
            loss(positions.add(rows)).backward()
        });
    });
    g.bench_function("kernel", |b| {
        b.iter(|| {
            let x = Cpu::embed(&tokens, &positions, &targets, BATCH, Traced::default(), &mut off());
            loss(x).backward()
        });
    });
    g.finish();
}

criterion_group!(benches, parts);
criterion_main!(benches);
