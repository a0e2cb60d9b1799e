//! The memory of a gradient, counted and measured: `cargo run --release -p scaling --example peak`.

use dfdx::prelude::Backward;
use dfdx::prelude::{BuildModule, Cpu, Gradients, Rank0, SplitTape, Tensor, Trace, ZeroGrads, ZerosTensor};
use gpt::data::Batch;
use gpt::initialise::initialise;
use gpt::loss::loss_and_gradients;
use gpt::sizes::LaptopBpe;
use gpt::{Gpt, LanguageModel};
use kernels::Workers;
use peak_alloc::PeakAlloc;
use scaling::cost::{Keep, Memory};
use scaling::recompute;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

type Model = Gpt<LaptopBpe>;

/// How far the memory rises above where it stood, on a thread of its own, whose buffers end with it.
fn peak(of: impl FnOnce() + Send) -> f64 {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    std::thread::scope(|scope| scope.spawn(of).join().expect("the gradient is computed"));
    (MEMORY.peak_usage() - before) as f64 / 1e6
}

fn main() {
    let mut model = Model::build(&Cpu::default());
    initialise(&mut model, 1);
    let tokens: Vec<usize> = (0..8 * 257).map(|i| i * i / 7 % 1792).collect();
    let starts: Vec<usize> = (0..8).map(|row| row * 257).collect();
    let (model, batch) = (&model, &Batch::at(&tokens, &starts, 256));
    let shape = <Model as LanguageModel<Cpu>>::SHAPE;
    println!("megabytes, the gradient's {:.1} included", (shape.total() * 4) as f64 / 1e6);
    println!("{:<26}{:>8}{:>10}", "", "counted", "measured");
    let line = |name: &str, memory: Memory, measured: f64| {
        let counted = (memory.gradients + memory.activations()) as f64 / 1e6;
        println!("{name:<26}{counted:>8.0}{measured:>10.0}");
    };
    for pieces in [1, 2, 4, 8] {
        let counted = Memory::of_step(&shape, 8 * 256 / pieces, Keep::Everything);
        let measured = peak(|| {
            let limit = 8 / pieces * 256 * shape.kept_per_token();
            let workers = Workers::alone().keeping(limit);
            loss_and_gradients(&workers, model, batch, (0.0, 0), &mut Vec::new());
        });
        line(&format!("8 windows in {pieces} pieces"), counted, measured);
    }
    let measured = peak(|| {
        let gradients: Gradients<f32, Cpu> = model.alloc_grads();
        let start: Tensor<Rank0, f32, Cpu> = model.device().zeros();
        let (_, tape) = start.traced(gradients).split_tape();
        recompute::loss(model, batch, tape).backward();
    });
    line("recomputed, in 1 piece", Memory::of_step(&shape, 8 * 256, Keep::Inputs), measured);
}
