//! How long attention takes by the length of the sequence: `cargo bench -p attention`.

use attention::{Sequences, attention, causal_mask};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use dfdx::prelude::{Const, Cpu, NoneTape, TensorFromVec};
use tensors::seeds;

/// Numbers in a query, a key, a value.
const SIZE: usize = 64;

fn length(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one head of 64, causal, forward");
    group.sample_size(20);
    for seq in [64, 128, 256, 512, 1024, 2048] {
        let random = |seed| -> Sequences<Const<SIZE>, f32, Cpu, NoneTape> {
            let values = seeds::normal(&mut seeds::generator(seed), seq * SIZE, 1.0);
            Cpu::default().tensor_from_vec(values, (1, seq, Const))
        };
        let (q, k, v, mask) = (random(1), random(2), random(3), causal_mask(&Cpu::default(), seq));
        group.bench_function(BenchmarkId::from_parameter(seq), |bench| {
            bench.iter(|| attention(q.clone(), k.clone(), v.clone(), Some(&mask)));
        });
    }
}

criterion_group!(benches, length);
criterion_main!(benches);
