//! How many near copies are found, by how near they are: stories are told again with k of their choices
//! changed, so that as many pairs of each distance can be had as one likes.

use crate::experiment::CHAPTER;
use anyhow::Result;
use data_quality::minhash::MinHash;
use data_quality::near::Bands;
use data_quality::pipeline::SHINGLE;
use data_quality::retell::retell;
use data_quality::shingles::{jaccard, shingles};
use figures::{Chart, save};
use language_models::story::tell;
use rand::Rng;
use tensors::seeds;

/// How many choices are changed.
const CHANGED: [usize; 10] = [0, 1, 2, 3, 4, 6, 8, 12, 20, 41];
/// Pairs for each.
const PAIRS: usize = 500;
/// Pairs are put together by their Jaccard index, a twentieth to a bin.
const BINS: usize = 20;
/// Fewer pairs say nothing.
const ENOUGH: usize = 40;

const WAYS: [(&str, Bands); 2] =
    [("14 bands of 8", Bands::FINEWEB), ("28 bands of 4", Bands { bands: 28, rows: 4 })];

/// A pair of stories: its exact index, and by which ways it is found, both with the same 112 functions.
struct Pair {
    exact: f64,
    found: [bool; WAYS.len()],
}

pub fn report() -> Result<()> {
    let mut all = Vec::new();
    println!(
        "near copies: {PAIRS} stories told again with k of 41 choices changed, runs of {SHINGLE} words"
    );
    println!("   k   Jaccard, middle (lowest, highest)   found by {}, {}", WAYS[0].0, WAYS[1].0);
    for changed in CHANGED {
        let mut rng = seeds::generator(100 + changed as u64);
        let mut pairs = Vec::with_capacity(PAIRS);
        for _ in 0..PAIRS {
            let story = tell(&mut rng);
            // Functions of its own for each pair: with the same for all, errors would go together.
            let functions = MinHash::new(Bands::FINEWEB.functions(), rng.r#gen());
            let [a, b] =
                [shingles(&story, SHINGLE), shingles(&retell(&story, changed, &mut rng)?, SHINGLE)];
            let [one, other] = [functions.signature(&a), functions.signature(&b)];
            let found =
                WAYS.map(|(_, bands)| bands.keys(&one).zip(bands.keys(&other)).any(|(x, y)| x == y));
            pairs.push(Pair { exact: jaccard(&a, &b), found });
        }
        pairs.sort_by(|a, b| a.exact.total_cmp(&b.exact));
        let [low, middle, high] = [0, PAIRS / 2, PAIRS - 1].map(|at| pairs[at].exact);
        let shares = [0, 1].map(|way| share(&pairs, way));
        println!("{changed:>4}   {middle:.2} ({low:.2}, {high:.2}){:>24.3}{:>8.3}", shares[0], shares[1]);
        if changed == 2 {
            let p = shares[0];
            println!(
                "       (two choices, {}: standard error {:.3})",
                WAYS[0].0,
                (p * (1.0 - p) / PAIRS as f64).sqrt()
            );
        }
        all.extend(pairs);
    }
    curve(&all)
}

/// The share of pairs that a way finds.
fn share(pairs: &[Pair], way: usize) -> f64 {
    pairs.iter().filter(|pair| pair.found[way]).count() as f64 / pairs.len() as f64
}

/// Found shares by the exact index, beside what the curve says of the very same pairs.
fn curve(pairs: &[Pair]) -> Result<()> {
    let mut chart = Chart::new("Near copies that are found", "exact Jaccard index", "share found");
    for (way, (name, bands)) in WAYS.into_iter().enumerate() {
        println!("\n{name}: by the exact index, in twentieths");
        println!("  from   pairs   found   the curve   standard errors apart");
        let (mut points, mut furthest) = (Vec::new(), 0.0_f64);
        for bin in 0..BINS {
            let inside =
                |pair: &&Pair| (pair.exact * BINS as f64).floor().min(BINS as f64 - 1.0) as usize == bin;
            let here: Vec<&Pair> = pairs.iter().filter(inside).collect();
            let n = here.len() as f64;
            if here.len() < ENOUGH {
                continue;
            }
            let p: Vec<f64> = here.iter().map(|pair| bands.probability(pair.exact)).collect();
            let expected = p.iter().sum::<f64>() / n;
            let found = here.iter().filter(|pair| pair.found[way]).count() as f64 / n;
            // Each pair is found or not, with its own probability.
            let error = p.iter().map(|p| p * (1.0 - p)).sum::<f64>().sqrt() / n;
            let apart = if error > 0.0 { (found - expected) / error } else { 0.0 };
            let from = bin as f64 / BINS as f64;
            println!("  {from:.2}{:>8}{found:>8.3}{expected:>12.3}{apart:>10.1}", here.len());
            furthest = furthest.max(apart.abs());
            points.push((here.iter().map(|pair| pair.exact).sum::<f64>() / n, found));
        }
        println!("  {name}: no bin is further than {furthest:.1} standard errors from the curve");
        let line = (0..=100).map(|i| f64::from(i) / 100.0).map(|s| (s, bands.probability(s)));
        chart = chart.line(name, line).scatter(&format!("measured, {name}"), points);
    }
    Ok(save(CHAPTER, "near", &chart.x_range(0.0, 1.0).y_range(0.0, 1.05).draw()?)?)
}
