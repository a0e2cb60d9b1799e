//! `cargo bench -p tokens`: a vocabulary of a thousand tokens trained, and a text encoded, as the
//! definition says and as the library does it; and ten megabytes through the library's encoder.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use tokens::{Bpe, Tokenizer, plain};

const STORIES: &str = include_str!("../corpora/stories.txt");

fn encode(c: &mut Criterion) {
    let bpe = Bpe::train(STORIES, 1000).expect("the stories have pairs enough");
    let text = STORIES.repeat(10_000_000 / STORIES.len() + 1);
    let mut group = c.benchmark_group("bpe");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("encode 10 MB", |b| b.iter(|| bpe.encode(black_box(&text)).len()));
    group.throughput(Throughput::Bytes(STORIES.len() as u64));
    group.bench_function("encode 90 kB", |b| b.iter(|| bpe.encode(black_box(STORIES)).len()));
    group.bench_function("encode 90 kB, plain", |b| b.iter(|| plain::encode(&bpe, black_box(STORIES))));
    group.bench_function("train 1000 tokens on 90 kB", |b| b.iter(|| Bpe::train(black_box(STORIES), 1000)));
    group.bench_function("train 1000 tokens on 90 kB, plain", |b| b.iter(|| plain::train(STORIES, 1000)));
    group.finish();
}

criterion_group!(benches, encode);
criterion_main!(benches);
