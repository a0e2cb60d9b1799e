//! `cargo bench -p backprop`: the gradient of one loss by one backward pass, and by two forward
//! passes for each parameter.

use backprop::network::{by_differences, by_engine, parameters, random};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use neurons::clouds::two_clouds;
use std::hint::black_box;

fn gradient(c: &mut Criterion) {
    let points = two_clouds(4, 0.5, 1);
    let mut group = c.benchmark_group("gradient");
    group.sample_size(20);
    for hidden in [4, 16, 64] {
        let values = random(hidden, 1);
        let count = parameters(hidden);
        group.bench_function(BenchmarkId::new("backward pass", count), |b| {
            b.iter(|| by_engine(black_box(&values), &points));
        });
        group.bench_function(BenchmarkId::new("central differences", count), |b| {
            b.iter(|| by_differences(black_box(&values), &points));
        });
    }
    group.finish();
}

criterion_group!(benches, gradient);
criterion_main!(benches);
