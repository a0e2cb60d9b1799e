//! How many near copies are found, by how near they are: stories are told again with k of their choices
//! changed, so that as many pairs of each distance can be had as one likes.

mod bins;
mod curve;
mod minima;
mod pair;

use anyhow::Result;
use bins::{bins, summary};
use curve::curve;
use data_quality::pipeline::SHINGLE;
use data_quality::retell::{retell, retell_at};
use language_models::story::tell;
use minima::minima;
use pair::{Pair, WAYS};
use rand::Rng;
use tensors::seeds;

/// How many choices are changed.
const CHANGED: [usize; 10] = [0, 1, 2, 3, 4, 6, 8, 12, 20, 41];
/// Pairs for each.
const PAIRS: usize = 500;
/// The hero and the lost thing, by their places among a story's beats.
const NAMED: [usize; 2] = [2, 13];
/// The way of which one bin is asked about further.
const ASKED: usize = 1;

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
            let seed = rng.r#gen();
            let again = retell(&story, changed, &mut rng)?;
            pairs.push(Pair::of(&story, &again, seed));
        }
        line(&format!("{changed:>4}"), &mut pairs);
        all.extend(pairs);
    }
    let (mut rng, mut pairs) = (seeds::generator(99), Vec::with_capacity(PAIRS));
    for _ in 0..PAIRS {
        let story = tell(&mut rng);
        let again = retell_at(&story, &NAMED, &mut rng)?;
        pairs.push(Pair::of(&story, &again, rng.r#gen()));
    }
    println!("  the two that are the hero's name and the lost thing:");
    line("    ", &mut pairs);
    curve(&all)?;
    minima(&all, ASKED);
    println!("\nthe same pairs with functions that stir more");
    for (way, (name, bands)) in WAYS.into_iter().enumerate() {
        println!("  {}", summary(name, &bins(&all, bands, |pair| pair.stirred[way])));
    }
    Ok(())
}

/// Prints how near the pairs are and which share each way finds, with the standard error of the first.
fn line(name: &str, pairs: &mut [Pair]) {
    pairs.sort_by(|a, b| a.exact.total_cmp(&b.exact));
    let [low, middle, high] = [0, PAIRS / 2, PAIRS - 1].map(|at| pairs[at].exact);
    let [one, other] = [0, 1].map(|way| share(pairs, way));
    let error = (one * (1.0 - one) / PAIRS as f64).sqrt();
    println!("{name}   {middle:.2} ({low:.2}, {high:.2}){one:>24.3} ± {error:.3}{other:>8.3}");
}

/// The share of pairs that a way finds.
fn share(pairs: &[Pair], way: usize) -> f64 {
    pairs.iter().filter(|pair| pair.found[way]).count() as f64 / pairs.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use language_models::story::Plot;
    use language_models::story::beats::STORY;

    #[test]
    fn what_is_renamed_is_the_hero_and_the_lost_thing() {
        for (place, word) in NAMED.into_iter().zip(["{hero}", "{object}"]) {
            assert!(STORY[place](&Plot::default())[0].template.contains(word), "{word}");
        }
    }
}
