//! One model on one machine, then on two and four: `cargo run -p scaling --example four_machines`.

use dfdx::prelude::Cpu;
use gpt::corpus::{Source, Text};
use gpt::data::Starts;
use gpt::flat::{flat, layout};
use gpt::sizes::Tiny;
use gpt::{Gpt, Run, Settings};
use kernels::Workers;
use scaling::cluster::{Machine, Sharded, on_machines};
use tokens::Tokenizer;

const STEPS: usize = 5;

/// A new run, its tokens, and where windows begin.
type Begun = (Run<Gpt<Tiny>>, Vec<usize>, Starts);

fn begin() -> Result<Begun, gpt::Error> {
    let settings = Settings { size: "tiny".to_owned(), lr: 0.01, warmup: 0, ..Settings::laptop() };
    let text = Text::load(&Source::Stories)?;
    let run = Run::<Gpt<Tiny>>::new(settings, &text, &Cpu::default())?;
    let tokens = run.tokenizer.encode(&text.train);
    let starts = Starts::Anywhere(tokens.len() - run.settings.context);
    Ok((run, tokens, starts))
}

/// The last loss of a few steps that all machines make together.
fn data_parallel(machine: &mut Machine) -> Result<f64, gpt::Error> {
    let (mut run, tokens, starts) = begin()?;
    let (workers, mut gradients) = (Workers::alone(), Vec::new());
    let mut step = || run.step_together(&tokens, &starts, &workers, &mut gradients, machine);
    Ok((0..STEPS).map(|_| step()).last().unwrap_or(f64::NAN))
}

fn main() -> Result<(), gpt::Error> {
    let (run, ..) = begin()?;
    let numbers = layout(&run.model).last().map_or(0, |place| place.numbers.end);
    println!("{numbers} parameters, {} bytes of gradient and loss", 4 * (numbers + 1));
    println!(
        "{:>8}{:>14}{:>26}{:>24}",
        "machines", "loss", "bytes sent by each a step", "bytes of moments each"
    );
    for size in [1, 2, 4] {
        let of_machines = on_machines(size, |machine| {
            let loss = data_parallel(machine)?;
            let sent = machine.sent / STEPS;
            // Room for the moments is made in the first step.
            let (run, ..) = begin()?;
            let mut theta = flat(&run.model);
            let mut sharded = Sharded::new(run.settings.adamw(), layout(&run.model));
            sharded.step(machine, &mut theta, &mut vec![0.1; numbers], (1.0, 0.01));
            Ok::<_, gpt::Error>((loss, sent, sharded.bytes()))
        });
        let (loss, sent, moments) = of_machines.into_iter().next().expect("one machine at least")?;
        println!("{size:>8}{loss:>14.3}{sent:>26}{moments:>24}");
    }
    Ok(())
}
