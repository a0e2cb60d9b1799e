//! Prints what was run, and then what the runs say.

use super::cells::{above, cell};
use super::measure::{BUDGETS, ENDS, LATER};
use super::record::{Study, Trial, best_of, trials};
use super::{fits, influence, made_up, predictions, published};
use anyhow::{Context, Result};
use scaling::law::count::{Count, price_of_a_token};
use scaling::law::lab::WRITTEN;
use scaling::law::sizes::LADDER;

pub fn report(study: &Study) -> Result<()> {
    println!("\nthe law: {}, {}", study.processor, study.date);
    ladder();
    rates(study)?;
    runs(study);
    let floor =
        study.runs.first().context("no run is finished: measure the law first")?.found.marks.floor();
    println!("\nE, the floor of the test stories: {floor:.5} bits a character");
    let law = fits::report(&study.runs, floor)?;
    predictions::report(study, floor);
    influence::report(study, floor);
    influence::better_rates(study, floor);
    made_up::report(law, &study.runs);
    published::report();
    Ok(())
}

fn ladder() {
    println!(
        "\nparameters, in thousands, by five ways of counting; millions of operations to train on a token"
    );
    print!("{:>7}{:>8}", "width", "layers");
    for (_, name) in Count::WAYS {
        print!("{name:>19}");
    }
    println!("{:>12}", "operations");
    for shape in LADDER {
        print!("{:>7}{:>8}", shape.model, shape.layers);
        for (count, _) in Count::WAYS {
            print!("{:>19.1}", count.of(&shape) / 1e3);
        }
        println!("{:>12.2}", price_of_a_token(&shape) / 1e6);
    }
}

fn rates(study: &Study) -> Result<()> {
    println!("\nlearning rates that were tried, and bits a character on the validation stories");
    for width in LADDER.map(|shape| shape.model) {
        println!("  width {width:>3}:{}", tried(&study.rates, width)?);
    }
    let later = &study.later_rates;
    if later.tried.is_empty() {
        return Ok(());
    }
    println!("once more on a larger budget, the same seed: {}, {}", later.processor, later.date);
    for width in ENDS {
        println!("  at {LATER:.1e}, width {width}:{}", tried(&later.tried, width)?);
    }
    Ok(())
}

/// The rates that were tried for a width, with their losses, and the best.
fn tried(all: &[Trial], width: usize) -> Result<String> {
    let (best, inside) = best_of(all, width).context("no rate was tried")?;
    let tried = trials(all, width);
    let tried: Vec<String> =
        tried.iter().map(|trial| format!("  {}: {:.4}", trial.rate, trial.loss)).collect();
    Ok(format!("{}   best {best}{}", tried.concat(), if inside { "" } else { ", at the edge" }))
}

fn runs(study: &Study) {
    println!(
        "\nbits a character above the floor, seed by seed; told as the grammar tells, of {WRITTEN} stories each"
    );
    println!("{:<27}{:>7}{:>10}{:>24}{:>21}", "", "steps", "tokens", "above the floor", "told");
    for budget in BUDGETS {
        for width in LADDER.map(|shape| shape.model) {
            let runs = cell(&study.runs, width, budget);
            let Some(first) = runs.first() else { continue };
            print!(
                "{:<27}{:>7}{:>10}   ",
                format!("{budget:.1e} operations, width {width}"),
                first.found.steps,
                first.found.tokens
            );
            for run in &runs {
                print!("  {:.4}", above(run));
            }
            print!("   ");
            for run in &runs {
                print!("{:>5}", run.found.told.told);
            }
            println!();
        }
    }
    let seconds: f64 = study.runs.iter().map(|run| run.seconds).sum();
    println!("all {} runs took {:.0} minutes of two cores", study.runs.len(), seconds / 60.0);
}
