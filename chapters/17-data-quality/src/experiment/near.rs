//! How many near copies are found, by how near they are: stories are told again with k of their choices
//! changed, so that as many pairs of each distance can be had as one likes.

use crate::experiment::CHAPTER;
use anyhow::Result;
use data_quality::hash::mix;
use data_quality::minhash::{MinHash, estimate};
use data_quality::near::Bands;
use data_quality::pipeline::SHINGLE;
use data_quality::retell::{retell, retell_at};
use data_quality::shingles::{jaccard, shingles};
use figures::{Chart, save};
use kernels::measured::mean_and_error;
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

/// The hero and the lost thing, by their places among a story's beats.
const NAMED: [usize; 2] = [2, 13];

const WAYS: [(&str, Bands); 2] =
    [("14 bands of 8", Bands::FINEWEB), ("28 bands of 4", Bands { bands: 28, rows: 4 })];

/// A pair of stories: its exact index, and by which ways it is found, both with the same 112 functions.
/// `stirred` is the same with functions of which each bit depends on all bits of a shingle.
struct Pair {
    sets: [Vec<u32>; 2],
    exact: f64,
    found: [bool; WAYS.len()],
    stirred: [bool; WAYS.len()],
}

impl Pair {
    /// With functions of its own, drawn from `seed`: with the same for all, errors would go together.
    fn of(story: &str, again: &str, seed: u64) -> Self {
        let functions = MinHash::new(Bands::FINEWEB.functions(), seed);
        let seeds: Vec<u64> = (0..Bands::FINEWEB.functions() as u64).map(|i| mix(seed ^ i)).collect();
        let sets = [story, again].map(|text| shingles(text, SHINGLE));
        let found = |signatures: [Vec<u32>; 2]| {
            WAYS.map(|(_, bands)| {
                bands.keys(&signatures[0]).zip(bands.keys(&signatures[1])).any(|(x, y)| x == y)
            })
        };
        Self {
            exact: jaccard(&sets[0], &sets[1]),
            found: found(sets.each_ref().map(|set| functions.signature(set))),
            stirred: found(sets.each_ref().map(|set| stirred(&seeds, set))),
            sets,
        }
    }
}

/// A signature by functions that stir more: dearer, and as near to a random order as a hash gets.
fn stirred(seeds: &[u64], shingles: &[u32]) -> Vec<u32> {
    let least = |seed: &u64| shingles.iter().map(|&x| (mix(u64::from(x) ^ seed) >> 32) as u32).min();
    seeds.iter().map(|seed| least(seed).unwrap_or(u32::MAX)).collect()
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
    minima(&all);
    println!("\nthe same pairs with functions that stir more");
    for (way, (name, bands)) in WAYS.into_iter().enumerate() {
        println!("  {}", summary(name, &bins(&all, bands, |pair| pair.stirred[way])));
    }
    Ok(())
}

/// How often the minima of our functions agree, in the bin where the share found is furthest from the curve:
/// with the same pairs, and with many more functions than the experiment has drawn.
fn minima(pairs: &[Pair]) {
    const PAIRS: usize = 40;
    const FUNCTIONS: usize = 1500;
    let (bands, way) = (WAYS[1].1, 1);
    let bins = bins(pairs, bands, |pair| pair.found[way]);
    let furthest = bins.iter().max_by(|a, b| a.apart.abs().total_cmp(&b.apart.abs())).expect("a bin");
    let inside = |pair: &&Pair| (furthest.from..furthest.from + 1.0 / BINS as f64).contains(&pair.exact);
    let apart: Vec<f64> = pairs
        .iter()
        .filter(inside)
        .take(PAIRS)
        .enumerate()
        .map(|(at, pair)| {
            let functions = MinHash::new(FUNCTIONS, 1000 + at as u64);
            let [one, other] = pair.sets.each_ref().map(|set| functions.signature(set));
            estimate(&one, &other) - pair.exact
        })
        .collect();
    let (mean, error) = mean_and_error(&apart);
    println!(
        "\n{} of our functions, {} pairs of the bin from {:.2}",
        PAIRS * FUNCTIONS,
        apart.len(),
        furthest.from
    );
    println!("  their minima agree more often than the exact index says by {mean:+.4} ± {error:.4}");
    // 1 − (1 − sʳ)ᵇ, solved for s.
    let open = (1.0 - furthest.found).powf(1.0 / bands.bands as f64);
    let needed = (1.0 - open).powf(1.0 / bands.rows as f64);
    println!(
        "  the share found, {:.3}, is the curve's at {needed:.3}, and the index of its pairs is {:.3}: {:+.3}",
        furthest.found,
        furthest.exact,
        needed - furthest.exact
    );
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

/// Pairs whose exact index lies in one twentieth.
struct Bin {
    from: f64,
    pairs: usize,
    /// Their mean index, the share found, and the share that the curve says of these very pairs.
    exact: f64,
    found: f64,
    expected: f64,
    /// How many standard errors they are apart.
    apart: f64,
    /// The probability that chance alone is so far off, on either side.
    chance: f64,
}

fn bins(pairs: &[Pair], bands: Bands, is_found: impl Fn(&Pair) -> bool) -> Vec<Bin> {
    let mut bins = Vec::new();
    for bin in 0..BINS {
        let inside =
            |pair: &&Pair| (pair.exact * BINS as f64).floor().min(BINS as f64 - 1.0) as usize == bin;
        let here: Vec<&Pair> = pairs.iter().filter(inside).collect();
        if here.len() < ENOUGH {
            continue;
        }
        let n = here.len() as f64;
        // Each pair is found or not, with its own probability.
        let p: Vec<f64> = here.iter().map(|pair| bands.probability(pair.exact)).collect();
        let count = here.iter().filter(|pair| is_found(pair)).count();
        let (found, expected) = (count as f64 / n, p.iter().sum::<f64>() / n);
        let error = p.iter().map(|p| p * (1.0 - p)).sum::<f64>().sqrt() / n;
        bins.push(Bin {
            from: bin as f64 / BINS as f64,
            pairs: here.len(),
            exact: here.iter().map(|pair| pair.exact).sum::<f64>() / n,
            found,
            expected,
            apart: if error > 0.0 { (found - expected) / error } else { 0.0 },
            chance: chance(&p, count),
        });
    }
    bins
}

/// The probability that of events with the probabilities `p` as few as `count` happen or fewer, or as
/// many or more, whichever is less; twice that, since either would have been noticed.
fn chance(p: &[f64], count: usize) -> f64 {
    // The distribution of the number of events, one event after the other.
    let mut of = vec![1.0];
    for p in p {
        let more = of.iter().map(|q| q * p).collect::<Vec<f64>>();
        for q in &mut of {
            *q *= 1.0 - p;
        }
        of.push(0.0);
        for (q, more) in of[1..].iter_mut().zip(more) {
            *q += more;
        }
    }
    let (few, many): (f64, f64) = (of[..=count].iter().sum(), of[count..].iter().sum());
    (2.0 * few.min(many)).min(1.0)
}

/// The bin that is furthest from the curve, in a line.
fn summary(name: &str, bins: &[Bin]) -> String {
    let furthest = bins.iter().map(|bin| bin.apart.abs()).fold(0.0, f64::max);
    let least = bins.iter().map(|bin| bin.chance).fold(1.0, f64::min);
    let open = bins.iter().filter(|bin| (0.001..0.999).contains(&bin.expected)).count();
    format!(
        "{name}: no bin is further than {furthest:.1} standard errors from the curve; chance alone, at \
         the least likely of {open}: {least:.4}"
    )
}

/// Found shares by the exact index, beside what the curve says of the very same pairs.
fn curve(pairs: &[Pair]) -> Result<()> {
    let mut chart = Chart::new("Near copies that are found", "exact Jaccard index", "share found");
    for (way, (name, bands)) in WAYS.into_iter().enumerate() {
        println!("\n{name}: by the exact index, in twentieths");
        println!("  from   pairs   found   the curve   standard errors apart");
        let bins = bins(pairs, bands, |pair| pair.found[way]);
        for Bin { from, pairs, found, expected, apart, .. } in &bins {
            println!("  {from:.2}{pairs:>8}{found:>8.3}{expected:>12.3}{apart:>10.1}");
        }
        println!("  {}", summary(name, &bins));
        let line = (0..=100).map(|i| f64::from(i) / 100.0).map(|s| (s, bands.probability(s)));
        let points: Vec<(f64, f64)> = bins.iter().map(|bin| (bin.exact, bin.found)).collect();
        // What is measured has the colour; the formula is the reference.
        chart = chart.dashes("", line).scatter(name, points);
    }
    Ok(save(CHAPTER, "near", &chart.x_range(0.0, 1.0).y_range(0.0, 1.05).draw()?)?)
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

    #[test]
    fn a_chance_is_that_of_coins() {
        // Four coins: none or one 5 of 16, twice that; two are nothing to notice.
        assert_eq!(
            [0, 1, 2, 3, 4].map(|count| chance(&[0.5; 4], count)),
            [0.125, 0.625, 1.0, 0.625, 0.125]
        );
        assert_eq!(chance(&[1.0, 0.0], 1), 1.0);
        // The mean of 1/2 and 1/4 happens twice with 1/8, and never with 3/8.
        assert_eq!([chance(&[0.5, 0.25], 2), chance(&[0.5, 0.25], 0)], [0.25, 0.75]);
    }
}
