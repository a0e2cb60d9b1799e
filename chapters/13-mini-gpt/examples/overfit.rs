//! The first thing to try with a new model: can it learn one batch by heart?
//! `cargo run -p gpt --example overfit`.

use dfdx::prelude::Cpu;
use gpt::corpus::{Source, Text};
use gpt::data::{Batch, Starts};
use gpt::loss::total_loss;
use gpt::sizes::Tiny;
use gpt::{Gpt, Run, Settings};
use kernels::Workers;
use tokens::{Bytes, Tokenizer};

fn main() -> Result<(), gpt::Error> {
    // ANCHOR: overfit
    let text = Text::load(&Source::Stories)?;
    let window = &Bytes.encode(&text.train)[..33]; // 32 bytes to read, 32 to predict: one window
    let settings =
        Settings { size: "tiny".into(), batch: 1, context: 32, steps: 201, lr: 0.01, ..Settings::laptop() };
    let mut run = Run::<Gpt<Tiny>>::new(settings, &text, &Cpu::default())?;
    let (workers, mut gradients) = (Workers::with(1), Vec::new());
    for step in 0..=200 {
        let loss = run.step(window, &Starts::Anywhere(1), &workers, &mut gradients);
        if [0, 10, 20, 50, 100, 200].contains(&step) {
            println!("step {step:3}: loss {loss:.3}");
        }
    }
    let batch = Batch::at(window, &[0], 32);
    let learned = total_loss(&workers, &run.model, vec![batch]) / 32.0;
    println!("a guess among 256 would cost {:.3}; by heart it costs {learned:.3}", 256_f64.ln());
    // ANCHOR_END: overfit
    Ok(())
}
