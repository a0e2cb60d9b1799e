//! `cargo bench -p kernels`: a block of the laptop size, forward and backward, by the composites of chapter 11 and by the kernels.
//!
//! One thread computes half a batch of 12 windows of 64 tokens, as in training on two cores.

use attention::causal_mask;
use attention::scaled_dot_product::Sequences;
use criterion::{Criterion, criterion_group, criterion_main};
use deep_networks::Dropout;
use dfdx::prelude::{Backward, BuildModule, Const, Cpu, OwnedTape, PutTape, Rank0, SumTo, TensorFromVec};
use tensors::seeds;
use transformer::Block;

type Laptop = Block<128, 4, 32, 512, f32, Cpu>;
type Traced = Sequences<128, f32, Cpu, OwnedTape<f32, Cpu>>;

fn block(c: &mut Criterion) {
    let dev = Cpu::seed_from_u64(1);
    let layer = Laptop::build(&dev);
    let values = seeds::normal(&mut seeds::generator(1), 6 * 64 * 128, 1.0);
    let x = dev.tensor_from_vec(values, (6, 64, Const::<128>));
    let mask = causal_mask(&dev, 64);
    let both_ways = |run: &dyn Fn(Traced) -> Traced| {
        run(x.clone().put_tape(OwnedTape::default())).square().sum::<Rank0, _>().backward()
    };
    let mut group = c.benchmark_group("block");
    group.sample_size(20);
    group.bench_function("composite", |b| {
        b.iter(|| both_ways(&|x| layer.run(x, Some(&mask), &mut Dropout::off())));
    });
    group.bench_function("kernels", |b| {
        b.iter(|| both_ways(&|x| kernels::block(&layer, x, &mut Dropout::off())));
    });
    group.finish();
}

criterion_group!(benches, block);
criterion_main!(benches);
