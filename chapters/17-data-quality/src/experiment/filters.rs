//! How well each filter tells stories from each kind of dirt.
//!
//! Three samples: on one the filters learn, on the second their settings are chosen, on the third they
//! are judged. Five seeds draw all three anew.
//!
//! The classifier learns from labelled dirt of the very kinds that it is judged by, which the n-gram model
//! and the rules do not see. So it is judged once more, on each kind by one that has not seen that kind.

use super::homes;
use super::sample::Sample;
use crate::experiment::CHAPTER;
use anyhow::Result;
use data_quality::dirt::Dirt;
use data_quality::linear::{Learning, Linear};
use data_quality::perplexity::Perplexity;
use data_quality::roc::{Area, curve};
use data_quality::rules::Rules;
use figures::{Chart, HeatMap, save};
use kernels::measured::median;

const SEEDS: u64 = 5;
const CLEAN: usize = 400;
const OF_EACH_KIND: usize = 200;
const ORDERS: [usize; 6] = [1, 2, 3, 4, 5, 6];
const RATES: [f64; 5] = [0.1, 0.4, 1.6, 6.4, 25.6];
pub const LEARNING: Learning = Learning { buckets: 1 << 16, epochs: 10, rate: 0.0, seed: 1 };

/// A filter: the score that it gives a text, higher for better ones.
pub type Filter = Box<dyn Fn(&str) -> f64>;

/// What the filters are called; last the classifier that is judged by dirt it has not seen.
const NAMES: [&str; 4] =
    ["n-gram perplexity", "linear classifier", "rules and length", "classifier, kind unseen"];

/// The filters as they learned from a sample, with these settings.
fn filters(learned: &Sample, order: usize, rate: f64) -> Result<[Filter; 3]> {
    let good = &learned.clean;
    Ok([perplexity(good, order)?, linear(good, &learned.all_dirty(), rate), rules(good)])
}

/// Rules, and how far the number of words is from that of good texts.
pub fn rules(good: &[String]) -> Filter {
    let words = |text: &str| text.split_whitespace().count() as f64;
    let typical = median(&good.iter().map(|text| words(text)).collect::<Vec<_>>());
    Box::new(move |text: &str| {
        let broken = Rules::default().broken(text).is_some();
        -(words(text) - typical).abs() - if broken { 1e6 } else { 0.0 }
    })
}

pub fn perplexity(good: &[String], order: usize) -> Result<Filter> {
    let model = Perplexity::train(good, order)?;
    Ok(Box::new(move |text| -model.bits(text)))
}

pub fn linear(good: &[String], bad: &[String], rate: f64) -> Filter {
    let model = Linear::train(good, bad, Learning { rate, ..LEARNING });
    Box::new(move |text| model.score(text))
}

fn scores(score: &Filter, texts: &[String]) -> Vec<f64> {
    texts.iter().map(|text| score(text)).collect()
}

/// The mean area over the kinds of dirt.
fn mean_area(score: &Filter, sample: &Sample) -> f64 {
    let clean = scores(score, &sample.clean);
    let areas = sample.dirty.iter().map(|(_, texts)| Area::of(&clean, &scores(score, texts)).area);
    areas.sum::<f64>() / sample.dirty.len() as f64
}

/// The setting with the largest mean area on the validation sample.
fn chosen<T: Copy + std::fmt::Display>(
    what: &str,
    grid: &[T],
    sample: &Sample,
    filter: impl Fn(T) -> Result<Filter>,
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
    let order = chosen("n-gram, N", &ORDERS, &validation, |order| perplexity(&learned.clean, order))?;
    let bad = learned.all_dirty();
    let rate =
        chosen("classifier, rate", &RATES, &validation, |rate| Ok(linear(&learned.clean, &bad, rate)))?;

    // By filter and kind of dirt, the area of each seed.
    let mut areas = vec![vec![Vec::new(); Dirt::ALL.len()]; NAMES.len()];
    let mut classifiers = Vec::new();
    for seed in 1..=SEEDS {
        let (learned, test) = (draw(seed, 1)?, draw(seed, 3)?);
        let filters = filters(&learned, order, rate)?;
        let area = |filter: &Filter, texts: &[String]| {
            Area::of(&scores(filter, &test.clean), &scores(filter, texts))
        };
        for (kind, (dirt, texts)) in test.dirty.iter().enumerate() {
            for (filter, areas) in filters.iter().zip(&mut areas) {
                areas[kind].push(area(filter, texts));
            }
            let unseen = linear(&learned.clean, &learned.dirty_but(*dirt), rate);
            areas[NAMES.len() - 1][kind].push(area(&unseen, texts));
        }
        if seed == 1 {
            curves(&filters, &test)?;
        }
        let [_, classifier, _] = filters;
        classifiers.push((classifier, test.clean));
    }
    for (name, areas) in NAMES.iter().zip(&areas) {
        table(name, areas);
    }
    homes::report(&classifiers)?;
    let middles = areas.iter().map(|kinds| kinds.iter().map(|areas| middle(areas)).collect()).collect();
    let map = HeatMap::new("Area under the curve", middles).rows(NAMES).cols(Dirt::ALL.map(Dirt::name));
    save(CHAPTER, "areas", &map.with_numbers().draw()?)?;
    Ok((order, rate))
}

/// The curves of the two filters that have learned, for two kinds of dirt.
fn curves(filters: &[Filter], test: &Sample) -> Result<()> {
    let mut chart = Chart::new(
        "Two filters, two kinds of dirt",
        "share of the dirt that is kept",
        "share of stories that is kept",
    );
    for (short, filter) in ["n-gram", "linear"].iter().zip(filters) {
        let clean = scores(filter, &test.clean);
        for (dirt, texts) in &test.dirty {
            if [Dirt::Shuffled, Dirt::WrongHome].contains(dirt) {
                let points = curve(&clean, &scores(filter, texts));
                chart = chart.line(&format!("{short}, {}", dirt.name()), points);
            }
        }
    }
    Ok(save(CHAPTER, "roc", &chart.x_range(0.0, 1.0).y_range(0.0, 1.05).draw()?)?)
}

/// The middle one of the seeds' areas.
fn middle(areas: &[Area]) -> f64 {
    median(&areas.iter().map(|area| area.area).collect::<Vec<_>>())
}

/// For each kind of dirt the middle area, the standard error of one, and the area of each seed.
fn table(name: &str, areas: &[Vec<Area>]) {
    println!("\n{name:<23}{:>7}{:>10}   each seed", "middle", "error");
    for (dirt, areas) in Dirt::ALL.iter().zip(areas) {
        let error = median(&areas.iter().map(|area| area.error).collect::<Vec<_>>());
        let each: Vec<String> = areas.iter().map(|area| format!("{:.3}", area.area)).collect();
        println!("  {:<20}{:>8.3}{error:>10.3}   {}", dirt.name(), middle(areas), each.join(" "));
    }
}
