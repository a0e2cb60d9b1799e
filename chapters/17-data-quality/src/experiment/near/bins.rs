//! Pairs put together by their exact index, and how far what was found of them is from the curve.

use super::pair::Pair;
use data_quality::near::Bands;

/// A twentieth to a bin.
pub const BINS: usize = 20;
/// Fewer pairs say nothing.
const ENOUGH: usize = 40;

/// Pairs whose exact index lies in one twentieth.
pub struct Bin {
    pub from: f64,
    pub pairs: usize,
    /// Their mean index, the share found, and the share that the curve says of these very pairs.
    pub exact: f64,
    pub found: f64,
    pub expected: f64,
    /// How many standard errors they are apart.
    pub apart: f64,
    /// The probability that chance alone is so far off, on either side.
    pub chance: f64,
}

pub fn bins(pairs: &[Pair], bands: Bands, is_found: impl Fn(&Pair) -> bool) -> Vec<Bin> {
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
pub fn summary(name: &str, bins: &[Bin]) -> String {
    let furthest = bins.iter().map(|bin| bin.apart.abs()).fold(0.0, f64::max);
    let least = bins.iter().map(|bin| bin.chance).fold(1.0, f64::min);
    let open = bins.iter().filter(|bin| (0.001..0.999).contains(&bin.expected)).count();
    format!(
        "{name}: no bin is further than {furthest:.1} standard errors from the curve; chance alone, at \
         the least likely of {open}: {least:.4}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

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
