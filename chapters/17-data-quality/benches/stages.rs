//! `cargo bench -p data-quality`: a megabyte of stories through each stage of the pipeline, on one core.

#[path = "../src/experiment/stages.rs"]
mod stages;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn each_stage(c: &mut Criterion) {
    let texts = stages::stories();
    let mut group = c.benchmark_group("stage");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    for (name, mut work) in stages::stages() {
        group.bench_function(name, |b| {
            b.iter(|| {
                for text in &texts {
                    work(text);
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, each_stage);
criterion_main!(benches);
