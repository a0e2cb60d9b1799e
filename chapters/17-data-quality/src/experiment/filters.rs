//! How well each filter tells stories from each kind of dirt.
//!
//! Three samples: on one the filters learn, on the second their settings are chosen, on the third they
//! are judged. Five seeds draw all three anew.

use super::sample::Sample;
use crate::CHAPTER;
use anyhow::Result;
use data_quality::linear::{Learning, Linear};
use data_quality::perplexity::Perplexity;
use data_quality::roc::{Area, curve};
use data_quality::rules::Rules;
use figures::{Chart, save};
use kernels::measured::median;

const SEEDS: u64 = 5;
const CLEAN: usize = 400;
const OF_EACH_KIND: usize = 200;
const ORDERS: [usize; 6] = [1, 2, 3, 4, 5, 6];
const RATES: [f64; 5] = [0.1, 0.4, 1.6, 6.4, 25.6];
pub const LEARNING: Learning = Learning { buckets: 1 << 16, epochs: 10, rate: 0.0, seed: 1 };

/// A filter: its name, and the score that it gives a text, higher for better ones.
type Filter = (&'static str, Box<dyn Fn(&str) -> f64>);

/// The filters as they learned from a sample, with these settings.
fn filters(learned: &Sample, order: usize, rate: f64) -> Result<[Filter; 3]> {
    let words = |text: &str| text.split_whitespace().count() as f64;
    let typical = median(&learned.clean.iter().map(|text| words(text)).collect::<Vec<_>>());
    Ok([
        ("n-gram perplexity", perplexity(learned, order)?),
        ("linear classifier", linear(learned, rate)),
        (
            "rules and length",
            Box::new(move |text| {
                let broken = Rules::default().broken(text).is_some();
                -(words(text) - typical).abs() - if broken { 1e6 } else { 0.0 }
            }),
        ),
    ])
}

fn perplexity(learned: &Sample, order: usize) -> Result<Box<dyn Fn(&str) -> f64>> {
    let model = Perplexity::train(&learned.clean, order)?;
    Ok(Box::new(move |text| -model.bits(text)))
}

fn linear(learned: &Sample, rate: f64) -> Box<dyn Fn(&str) -> f64> {
    let model = Linear::train(&learned.clean, &learned.all_dirty(), Learning { rate, ..LEARNING });
    Box::new(move |text| model.score(text))
}

fn scores(score: &dyn Fn(&str) -> f64, texts: &[String]) -> Vec<f64> {
    texts.iter().map(|text| score(text)).collect()
}

/// The mean area over the kinds of dirt.
fn mean_area(score: &dyn Fn(&str) -> f64, sample: &Sample) -> f64 {
    let clean = scores(score, &sample.clean);
    let areas = sample.dirty.iter().map(|(_, texts)| Area::of(&clean, &scores(score, texts)).area);
    areas.sum::<f64>() / sample.dirty.len() as f64
}

/// The setting with the largest mean area on the validation sample.
fn chosen<T: Copy + std::fmt::Display>(
    what: &str,
    grid: &[T],
    sample: &Sample,
    filter: impl Fn(T) -> Result<Box<dyn Fn(&str) -> f64>>,
) -> Result<T> {
    let mut areas = Vec::new();
    for &setting in grid {
        areas.push((setting, mean_area(&filter(setting)?, sample)));
    }
    let shown: Vec<String> = areas.iter().map(|(setting, area)| format!("{setting}: {area:.4}")).collect();
    println!("  {what:<22} {}", shown.join("  "));
    let best = areas.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(setting, _)| setting);
    Ok(best.expect("a grid is not empty"))
}

/// Prints and draws; gives the settings that were chosen: N and the rate.
pub fn report() -> Result<(usize, f64)> {
    println!(
        "\nfilters: area under the curve, of {CLEAN} stories against {OF_EACH_KIND} texts of each kind"
    );
    println!("settings by the mean area on the validation texts of seed 1");
    let draw = |seed: u64, part: u64| Sample::draw(CLEAN, OF_EACH_KIND, 1000 * seed + part);
    let (learned, validation) = (draw(1, 1)?, draw(1, 2)?);
    let order = chosen("n-gram, N", &ORDERS, &validation, |order| perplexity(&learned, order))?;
    let rate = chosen("classifier, rate", &RATES, &validation, |rate| Ok(linear(&learned, rate)))?;

    let mut areas = vec![vec![Vec::new(); 5]; 3];
    let mut chart = Chart::new(
        "Two filters, two kinds of dirt",
        "share of the dirt that is kept",
        "share of stories that is kept",
    );
    for seed in 1..=SEEDS {
        let (learned, test) = (draw(seed, 1)?, draw(seed, 3)?);
        for (f, (name, filter)) in filters(&learned, order, rate)?.iter().enumerate() {
            let clean = scores(filter, &test.clean);
            for (d, (dirt, texts)) in test.dirty.iter().enumerate() {
                let dirty = scores(filter, texts);
                areas[f][d].push(Area::of(&clean, &dirty));
                let drawn = f < 2 && ["shuffled sentences", "wrong home"].contains(&dirt.name());
                if seed == 1 && drawn {
                    chart = chart.line(
                        &format!("{}, {}", ["n-gram", "linear"][f], dirt.name()),
                        curve(&clean, &dirty),
                    );
                }
                if seed == SEEDS && d == 4 {
                    table(name, &areas[f]);
                }
            }
        }
    }
    save(CHAPTER, "roc", &chart.x_range(0.0, 1.0).y_range(0.0, 1.05).draw()?)?;
    Ok((order, rate))
}

/// For each kind of dirt the area of each seed, the middle one, and the standard error of one.
fn table(name: &str, areas: &[Vec<Area>]) {
    println!("\n{name:<22}{:>8}{:>10}   each seed", "middle", "error");
    for (dirt, areas) in data_quality::dirt::Dirt::ALL.iter().zip(areas) {
        let [all, errors] = [|area: &Area| area.area, |area: &Area| area.error]
            .map(|of| areas.iter().map(of).collect::<Vec<f64>>());
        let each: Vec<String> = all.iter().map(|area| format!("{area:.3}")).collect();
        println!(
            "  {:<20}{:>8.3}{:>10.3}   {}",
            dirt.name(),
            median(&all),
            median(&errors),
            each.join(" ")
        );
    }
}
