//! What was measured, printed and drawn.

use super::evaluate::FORMATS;
use super::recipes::{RECIPES, Recipe};
use super::record::{Flushed, Machine, Record, Rounded, Trained};
use super::train::{RATES, SECOND, best_runs, runs_at};
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Chart, save};
use kernels::measured::median;

pub fn report(record: &Record) -> Result<()> {
    rounded(&record.rounded, record.floor);
    flushed(&record.flushed)?;
    trained(&record.trained)
}

fn rounded(rounded: &[Rounded], floor: f64) {
    let of = |weights: &str, stream: &str| {
        rounded.iter().find(|found| found.weights == weights && found.stream == stream)
    };
    let Some(whole) = of("f32", "f32") else { return };
    println!(
        "the default model, rounded after training: bits per character above its own {:.6}; the floor is {floor:.6}",
        whole.bits_per_char
    );
    println!("{:<8}{:>10}{:>12}{:>12}{:>12}", "", "MB", "weights", "stream", "both");
    for (name, _) in FORMATS {
        let more = |weights, stream| match of(weights, stream) {
            Some(found) => format!("{:+.6}", found.bits_per_char - whole.bits_per_char),
            None => String::new(),
        };
        let bytes = of(name, "f32").map_or(0, |found| found.bytes) as f64;
        let [weights, stream, both] = [more(name, "f32"), more("f32", name), more(name, name)];
        println!("  {name:<6}{:>10.3}{weights:>12}{stream:>12}{both:>12}", bytes / 1e6);
    }
}

fn flushed(flushed: &[Flushed]) -> Result<()> {
    println!(
        "\nslopes in f16 by what the loss was multiplied with: the share that becomes 0, and infinite"
    );
    let mut names: Vec<&str> = flushed.iter().map(|found| found.slopes.as_str()).collect();
    names.dedup();
    let mut chart = Chart::new("Slopes that f16 makes 0", "doublings of the loss", "share of slopes");
    let of_one = flushed.iter().filter(|found| found.slopes == names[0]).count();
    let mut infinite = vec![(0.0, 0.0); of_one];
    // Less than one in ten thousand is not drawn.
    let seen = |(_, share): &(f64, f64)| *share >= 1e-4;
    for name in names {
        let of: Vec<&Flushed> = flushed.iter().filter(|found| found.slopes == name).collect();
        println!("  by {name}: {} slopes", of[0].count);
        for found in of.iter().filter(|found| found.scale % 4 == 0) {
            println!("    times 2^{:<3}{:>10.4}{:>10.4}", found.scale, found.zero, found.infinite);
        }
        chart = chart.line(name, of.iter().map(|found| (f64::from(found.scale), found.zero)).filter(seen));
        for (most, found) in infinite.iter_mut().zip(of) {
            *most = (f64::from(found.scale), found.infinite.max(most.1));
        }
    }
    chart = chart.dashes("infinite, the most of the four", infinite.into_iter().filter(seen));
    Ok(save(CHAPTER, "flushed", &chart.log_y().y_range(-4.0, 0.0).draw()?)?)
}

fn trained(trained: &[Trained]) -> Result<()> {
    let mut elsewhere: Vec<(&Machine, usize)> = Vec::new();
    for machine in trained.iter().filter_map(|run| run.machine.as_ref()) {
        match elsewhere.iter_mut().find(|(known, _)| *known == machine) {
            Some((_, runs)) => *runs += 1,
            None => elsewhere.push((machine, 1)),
        }
    }
    println!("\na small model, 300 steps of 8 × 96 tokens: validation bits per character by rate, seed 1");
    for (Machine { processor, date }, runs) in elsewhere {
        println!("({runs} runs of {processor}, {date})");
    }
    by_rate(trained, &RECIPES);
    println!(
        "each at its best rate: test bits per character of five seeds, their median; numbers a late step leaves"
    );
    let mut figure = Chart::new("Ways to keep numbers", "test bits a character", "");
    let mut height = RECIPES.len() as f64;
    for recipe in &RECIPES {
        height -= 1.0;
        let unmoved = |runs: &[&Trained]| {
            let shares: Vec<f64> = runs.iter().map(|run| run.unmoved).collect();
            format!("{:>7.1} %", 100.0 * median(&shares))
        };
        let Some((_, runs)) = at_best(trained, recipe.name, unmoved) else { continue };
        if recipe.name == SECOND.0.name {
            let second = runs_at(trained, recipe.name, SECOND.1);
            if second.len() == runs.len() {
                println!("{}", row("  the same at its second rate", SECOND.1, &second, unmoved));
            }
        }
        let dots: Vec<(f64, f64)> = runs.iter().filter_map(|run| Some((run.test?, height))).collect();
        let right = dots.iter().map(|dot| dot.0).fold(0.0, f64::max);
        figure = figure.scatter("", dots).note(right, height, recipe.name);
    }
    Ok(save(CHAPTER, "kept", &figure.draw()?)?)
}

/// Prints the validation losses of the first seed.
pub fn by_rate(trained: &[Trained], recipes: &[Recipe]) {
    print!("{:<36}", "");
    println!("{}", RATES.map(|rate| format!("{rate:>9}")).concat());
    for recipe in recipes {
        print!("  {:<34}", recipe.name);
        for rate in RATES {
            let run =
                trained.iter().find(|run| run.recipe == recipe.name && run.rate == rate && run.seed == 1);
            print!("{:>9}", run.map_or(String::new(), |run| bits(run.validation)));
        }
        println!();
    }
}

/// Prints the test losses of all seeds at the best rate and the last column, and gives these runs and their
/// median. There are none if all of the first seed diverged.
pub fn at_best<'a>(
    trained: &'a [Trained],
    recipe: &str,
    last: impl Fn(&[&Trained]) -> String,
) -> Option<(f64, Vec<&'a Trained>)> {
    let Some((rate, runs)) = best_runs(trained, recipe) else {
        let all: Vec<&Trained> = trained.iter().filter(|run| run.recipe == recipe).collect();
        let ended = all.iter().filter(|run| run.test.is_some());
        let others: Vec<String> =
            ended.map(|run| format!("; at {}, seed {}: {}", run.rate, run.seed, bits(run.test))).collect();
        let diverged = all.len() - others.len();
        println!("  {recipe:<34}diverged in {diverged} of {} runs{}", all.len(), others.concat());
        return None;
    };
    println!("{}", row(recipe, rate, &runs, last));
    Some((middle(&runs), runs))
}

/// The median of the test losses.
fn middle(runs: &[&Trained]) -> f64 {
    median(&runs.iter().filter_map(|run| run.test).collect::<Vec<_>>())
}

/// A row of the table: the test losses of all seeds at a rate, their median, and the last column.
fn row(name: &str, rate: f64, runs: &[&Trained], last: impl Fn(&[&Trained]) -> String) -> String {
    let all: Vec<String> = runs.iter().map(|run| bits(run.test)).collect();
    format!("  {name:<34}{rate:>7}   {}   {:.4}{}", all.join("  "), middle(runs), last(runs))
}

fn bits(bits: Option<f64>) -> String {
    bits.map_or("–".to_owned(), |bits| format!("{bits:.4}"))
}
