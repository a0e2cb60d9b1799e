//! What is printed.

use super::draw;
use super::make::Run;
use super::passes;
use super::way::Way;
use super::{BEST_OF, PART};
use crate::experiment::ledger::Ledger;
use adaptation::diversity::Estimate;
use adaptation::frontier::{best_of, divergence, without_ties};
use anyhow::{Result, ensure};
use kernels::measured::median;
use language_models::story::{SLOTS, exact_entropy};

/// The start's validity, over the stories of all seeds.
pub fn v0(ledger: &Ledger<Run>) -> Result<Estimate> {
    let starts: Vec<&Run> = ledger.runs.iter().filter(|run| run.way == Way::Temperature(1.0)).collect();
    ensure!(!starts.is_empty(), "the start was not measured: `measure {PART}`");
    let sum = |of: fn(&Run) -> usize| starts.iter().map(|run| of(run)).sum();
    Ok(Estimate::share(sum(|run| run.judged.valid), sum(|run| run.judged.stories)))
}

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Run>::load(PART)?;
    let v0 = v0(&ledger)?;
    println!("\nThe frontier ({}, {})", ledger.processor, ledger.date);
    println!("the start tells a valid story with a probability of {:.3} ± {:.3}", v0.mean, v0.error);
    println!(
        "\nbest of n, exactly: validity, bits, and what n answers cost of which none is as good as another"
    );
    for n in BEST_OF {
        let v = best_of(n, v0.mean);
        println!("  best of {n:<3}{v:>7.3}{:>7.2}{:>7.2}", divergence(v, v0.mean), without_ties(n));
    }
    println!(
        "\nrun by run, {} stories each: validity; KL to the start, and the least for this validity; bits in the valid \
         stories (the grammar's have {:.1}); different runs of four words; above the floor (bits, ± standard error)",
        ledger.runs[0].judged.stories,
        exact_entropy().bits
    );
    for way in Way::all() {
        let mut runs: Vec<&Run> = ledger.runs.iter().filter(|run| run.way == way).collect();
        runs.sort_by_key(|run| run.seed);
        for run in runs {
            println!("{}", line(run, v0.mean));
        }
    }
    summary(&ledger);
    slots(&ledger);
    curves(&ledger);
    draw::draw(&ledger, v0.mean)?;
    passes::report(&ledger)
}

fn line(run: &Run, v0: f64) -> String {
    let (judged, v) = (&run.judged, run.judged.v());
    let entropy = judged.entropy.map_or("-".to_owned(), |[mean, error]| format!("{mean:.1} ± {error:.1}"));
    let above = if run.way.learns() {
        format!("{:>6.1} ± {:.1}", judged.above[0], judged.above[1])
    } else {
        String::new()
    };
    let line = format!(
        "  {:<38} seed {} {:.3} ± {:.3} {:>6.2} ± {:.2} {:>5.2} {entropy:>12} {:.3} {above}",
        run.way.name(),
        run.seed,
        v.mean,
        v.error,
        judged.kl[0],
        judged.kl[1],
        divergence(v.mean, v0),
        judged.variety,
    );
    line.trim_end().to_owned()
}

/// Prints of each way the same in short, its seeds side by side.
fn summary(ledger: &Ledger<Run>) {
    println!("\nway by way, its seeds side by side: validity; KL to the start; bits in the valid stories");
    for way in Way::all() {
        let mut runs: Vec<&Run> = ledger.runs.iter().filter(|run| run.way == way).collect();
        runs.sort_by_key(|run| run.seed);
        let row =
            |of: &dyn Fn(&Run) -> String| runs.iter().map(|run| of(run)).collect::<Vec<String>>().concat();
        let validity = row(&|run| format!("{:>6.3}", run.judged.v().mean));
        let away = row(&|run| format!("{:>7.2}", run.judged.kl[0]));
        let entropy =
            row(&|run| run.judged.entropy.map_or("      -".to_owned(), |[bits, _]| format!("{bits:>7.1}")));
        if !runs.is_empty() {
            println!("  {:<38}{validity}  {away}  {entropy}", way.name());
        }
    }
}

/// Prints of each way which slots have lost most.
fn slots(ledger: &Ledger<Run>) {
    println!(
        "\nbits that the words of a slot have lost in valid stories (medians over seeds), the three largest losses"
    );
    let of = |way: Way, slot: usize| -> Option<f64> {
        let bits: Vec<f64> =
            ledger.runs.iter().filter(|run| run.way == way).map(|run| run.judged.slots[slot]).collect();
        (!bits.is_empty()).then(|| median(&bits))
    };
    for way in Way::all().into_iter().filter(|way| *way != Way::Temperature(1.0)) {
        let mut lost: Vec<(f64, String)> = (0..SLOTS.len())
            .filter_map(|slot| {
                let lost = of(Way::Temperature(1.0), slot)? - of(way, slot)?;
                Some((lost, format!("{:?}", SLOTS[slot]).to_lowercase()))
            })
            .collect();
        lost.sort_by(|a, b| b.0.total_cmp(&a.0));
        let total: f64 = lost.iter().map(|(lost, _)| lost).sum();
        let three: Vec<String> =
            lost.iter().take(3).map(|(lost, slot)| format!("{slot} {lost:.2}")).collect();
        if !three.is_empty() {
            println!("  {:<38} {total:>6.2} in all: {}", way.name(), three.join(", "));
        }
    }
}

/// Prints the rewards on the way.
fn curves(ledger: &Ledger<Run>) {
    println!("\nmean reward in each sixth of a run, seed by seed");
    for run in ledger.runs.iter().filter(|run| run.curve.len() >= 6) {
        let sixths: Vec<String> = run
            .curve
            .chunks(run.curve.len().div_ceil(6))
            .map(|part| format!("{:.3}", part.iter().sum::<f64>() / part.len() as f64))
            .collect();
        println!("  {:<38} seed {} {}", run.way.name(), run.seed, sixths.join(" "));
    }
}
