//! `cargo bench -p kernels`: each part of a GPT forwards and backwards, by the composites of the
//! earlier chapters and by the kernels.
//!
//! "elem" in criterion's output is a floating-point operation, so `Gelem/s` reads GFLOP/s; bytes
//! are those that the part must at least move.

#[path = "../src/experiment/parts.rs"]
mod parts;

use attention::causal_mask;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use deep_networks::Dropout;
use dfdx::prelude::{BuildModule, Const, Cpu, PutTape};
use kernels::Kernels;
use language_models::Embedding;
use parts::{BATCH, Laptop, MODEL, ROWS, SEQ, Traced, VOCAB, back, each, random, traffic};
use positions::LearnedPositions;
use std::time::Duration;
use transformer::Block;

/// Measures one part in both ways.
fn measure(c: &mut Criterion, name: &str, operations: usize, bytes: usize, ways: [&mut dyn FnMut(); 2]) {
    let mut group = c.benchmark_group(name);
    group.sample_size(20).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    group.throughput(Throughput::ElementsAndBytes { elements: operations as u64, bytes: bytes as u64 });
    for (way, run) in ["composite", "kernel"].into_iter().zip(ways) {
        group.bench_function(way, |b| b.iter(&mut *run));
    }
    group.finish();
}

fn benches(c: &mut Criterion) {
    // A block does what `attend` and `think` do.
    let mut block_operations = 0;
    each(&mut |name, operations, bytes, ways| {
        if ["attend", "think"].contains(&name) {
            block_operations += operations;
        }
        measure(c, name, operations, bytes, ways);
    });

    let dev = Cpu::seed_from_u64(1);
    let block: Block<Laptop, f32, Cpu> = BuildModule::build(&dev);
    let (x, mask, off) = (random::<MODEL>(BATCH, SEQ), causal_mask(&dev, SEQ), Dropout::off);
    let traced = || x.clone().put_tape(Traced::default());
    let bytes = traffic(2 * ROWS * MODEL + 12 * MODEL * MODEL);
    let mut composite = || back(block.run(traced(), Some(&mask), &mut off()));
    let causal = <Cpu as Kernels<f32>>::causal(&dev, SEQ);
    let mut kernel = || {
        let x = Cpu::attend(traced(), &block.norm1, &block.attention, &causal, &mut off());
        back(Cpu::think(x, &block.norm2, &block.feed_forward, &mut off()));
    };
    measure(c, "block", block_operations, bytes, [&mut composite, &mut kernel]);

    let ids: Vec<usize> = (0..ROWS).map(|i| i * 7 % VOCAB).collect();
    let tokens: Embedding<Const<VOCAB>, Const<MODEL>, f32, Cpu> = BuildModule::build(&dev);
    let positions: LearnedPositions<Const<SEQ>, Const<MODEL>, f32, Cpu> = BuildModule::build(&dev);
    let bytes = traffic(ROWS * MODEL + (VOCAB + SEQ) * MODEL);
    let mut composite = || {
        back(positions.add(tokens.look_up(&ids, SEQ, Traced::default())));
    };
    let mut kernel = || back(Cpu::embed(&tokens, &positions, &ids, BATCH, Traced::default(), &mut off()));
    measure(c, "embedding", ROWS * MODEL, bytes, [&mut composite, &mut kernel]);
}

criterion_group!(all, benches);
criterion_main!(all);
