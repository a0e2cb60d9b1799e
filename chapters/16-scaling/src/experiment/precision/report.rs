//! What was measured, printed and drawn.

use super::evaluate::FORMATS;
use super::record::{Flushed, Record, Rounded, Trained};
use super::train::{RATES, RECIPES, best_rate};
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Bars, Chart, save};
use kernels::measured::median;

pub fn report() -> Result<()> {
    let record = Record::load()?;
    println!("\nfewer bits: {}, {}", record.processor, record.date);
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
    for name in names {
        let of: Vec<&Flushed> = flushed.iter().filter(|found| found.slopes == name).collect();
        println!("  by {name}: {} slopes", of[0].count);
        for found in of.iter().filter(|found| found.scale % 4 == 0) {
            println!("    times 2^{:<3}{:>10.4}{:>10.4}", found.scale, found.zero, found.infinite);
        }
        chart = chart.line(name, of.iter().map(|found| (f64::from(found.scale), found.zero)));
        if name == "trained, stream" {
            chart =
                chart.dashes("infinite", of.iter().map(|found| (f64::from(found.scale), found.infinite)));
        }
    }
    Ok(save(CHAPTER, "flushed", &chart.y_range(0.0, 1.0).draw()?)?)
}

fn trained(trained: &[Trained]) -> Result<()> {
    println!("\na small model, 300 steps of 8 × 96 tokens: validation bits per character by rate, seed 1");
    print!("{:<36}", "");
    println!("{}", RATES.map(|rate| format!("{rate:>9}")).concat());
    let bits = |bits: Option<f64>| bits.map_or("–".to_owned(), |bits| format!("{bits:.4}"));
    for recipe in RECIPES {
        print!("  {:<34}", recipe.name);
        for rate in RATES {
            let run =
                trained.iter().find(|run| run.recipe == recipe.name && run.rate == rate && run.seed == 1);
            print!("{:>9}", run.map_or(String::new(), |run| bits(run.validation)));
        }
        println!();
    }
    println!(
        "each at its best rate: test bits per character of three seeds, their median; numbers a late step leaves"
    );
    let mut figure = Bars::new("Test bits per character, median of three seeds");
    for (i, recipe) in RECIPES.iter().enumerate() {
        let Some(rate) = best_rate(trained, recipe.name) else {
            let all = trained.iter().filter(|run| run.recipe == recipe.name).count();
            println!("  {:<34}diverged in {all} of {all} runs", recipe.name);
            continue;
        };
        let mut of: Vec<&Trained> =
            trained.iter().filter(|run| run.recipe == recipe.name && run.rate == rate).collect();
        of.sort_by_key(|run| run.seed);
        let scores: Vec<f64> = of.iter().filter_map(|run| run.test).collect();
        let still: Vec<f64> = of.iter().map(|run| 100.0 * run.unmoved).collect();
        let all: Vec<String> = of.iter().map(|run| bits(run.test)).collect();
        let middle = median(&scores);
        println!(
            "  {:<34}{rate:>7}   {}   {middle:.4}{:>7.1} %",
            recipe.name,
            all.join("  "),
            median(&still)
        );
        figure = figure.bar(recipe.name, middle, &format!("{middle:.3}"), usize::from(i > 0));
    }
    Ok(save(CHAPTER, "kept", &figure.draw()?)?)
}
