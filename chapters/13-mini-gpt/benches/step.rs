//! `cargo bench -p gpt`: a step of training, whole: a batch drawn, the loss and its gradient
//! on all cores, clipping and AdamW.
//!
//! "elem" is a token. `cargo x compare-pytorch` sets the same steps against PyTorch's.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dfdx::prelude::Cpu;
use gpt::corpus::{Source, Text};
use gpt::data::Starts;
use gpt::model::Whole;
use gpt::sizes::{Laptop, Shakespeare, Tiny};
use gpt::{Gpt, Run, Settings};
use kernels::Workers;
use std::time::Duration;
use tokens::{Bytes, Tokenizer};

fn step<M: Whole<Cpu>>(c: &mut Criterion, name: &str, batch: usize, context: usize) {
    let settings = Settings { batch, context, ..Settings::laptop() };
    let text = Text::load(&Source::Stories).expect("the stories need no file");
    let tokens = Bytes.encode(&text.train);
    let (workers, starts) = (Workers::new(), Starts::new(&tokens, context, &Bytes, false));
    let (mut run, mut gradients) =
        (Run::<M>::new(settings, &text, &Cpu::default()).expect("bytes need no learning"), Vec::new());
    let mut group = c.benchmark_group("step");
    group.sample_size(10).measurement_time(Duration::from_secs(8));
    group.throughput(Throughput::Elements((batch * context) as u64));
    group.bench_function(name, |b| b.iter(|| run.step(&tokens, &starts, &workers, &mut gradients)));
    group.finish();
}

fn steps(c: &mut Criterion) {
    step::<Gpt<Tiny>>(c, "tiny, batch 12, context 64", 12, 64);
    step::<Gpt<Laptop>>(c, "laptop, batch 12, context 64", 12, 64);
    step::<Gpt<Laptop>>(c, "laptop, batch 8, context 256", 8, 256);
    step::<Gpt<Shakespeare>>(c, "shakespeare, batch 8, context 256", 8, 256);
}

criterion_group!(benches, steps);
criterion_main!(benches);
