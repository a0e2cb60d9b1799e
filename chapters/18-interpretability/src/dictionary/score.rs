//! How well the best feature tells each thing.
//!
//! A feature tells a thing if it is active above some threshold where the thing is and nowhere else: at
//! every other position of a story there is another thing, or nothing, which has a number of its own. Of
//! the positions where it is, the share that are right is the precision, and of the right ones the share
//! where it is the recall; F₁ is their harmonic mean:
//!
//! F₁ = 2 · hits / (claims + wanted).
//!
//! The mean over all things of the best feature's F₁ is the **coverage** (Karvonen et al. 2024).

/// A feature that was chosen for a thing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Best {
    /// Which.
    pub feature: usize,
    /// It claims the thing where it is at least this strong.
    pub threshold: f32,
    /// Its F₁ where it was chosen.
    pub f1: f64,
}

// ANCHOR: best
/// For each thing the best of so many features, and the best threshold. `active(i)` are positions and
/// strengths of feature i, in any order; `things[p]` is what there is at position p.
pub fn best(
    features: usize,
    active: impl Fn(usize) -> Vec<(usize, f32)>,
    things: &[usize],
    count: usize,
) -> Vec<Best> {
    let mut wanted = vec![0; count];
    for &thing in things {
        wanted[thing] += 1;
    }
    let mut best = vec![Best { feature: 0, threshold: f32::INFINITY, f1: 0.0 }; count];
    for feature in 0..features {
        let mut strongest = active(feature);
        strongest.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (mut hits, mut claims) = (vec![0; count], 0);
        // Lower the threshold. What is equally strong is claimed at once; F₁ rises only for what is hit.
        for equal in strongest.chunk_by(|a, b| a.1 == b.1) {
            claims += equal.len();
            for &(position, _) in equal {
                hits[things[position]] += 1;
            }
            for &(position, threshold) in equal {
                let thing = things[position];
                let f1 = f1(hits[thing], claims, wanted[thing]);
                if f1 > best[thing].f1 {
                    best[thing] = Best { feature, threshold, f1 };
                }
            }
        }
    }
    best
}

/// The F₁ of features that were chosen elsewhere.
pub fn judged(best: &[Best], active: impl Fn(usize) -> Vec<(usize, f32)>, things: &[usize]) -> Vec<f64> {
    let judge = |(thing, best): (usize, &Best)| {
        let wanted = things.iter().filter(|&&other| other == thing).count();
        let strong = active(best.feature).into_iter().filter(|(_, f)| *f >= best.threshold);
        let claimed: Vec<usize> = strong.map(|(position, _)| position).collect();
        let hits = claimed.iter().filter(|&&position| things[position] == thing).count();
        f1(hits, claimed.len(), wanted)
    };
    best.iter().enumerate().map(judge).collect()
}
// ANCHOR_END: best

fn f1(hits: usize, claims: usize, wanted: usize) -> f64 {
    2.0 * hits as f64 / (claims + wanted).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn by_hand() {
        // Two things; the first feature is a perfect sign of thing 1, the second is active everywhere.
        let things = [0, 1, 1, 0, 0];
        let active = [vec![(1, 0.9), (2, 0.4)], vec![(0, 1.0), (1, 1.0), (2, 1.0), (3, 1.0), (4, 1.0)]];
        let found = best(2, |i| active[i].clone(), &things, 2);
        assert_eq!(found[1], Best { feature: 0, threshold: 0.4, f1: 1.0 });
        assert_eq!(found[0], Best { feature: 1, threshold: 1.0, f1: 6.0 / 8.0 });
        // Elsewhere the first is active at a wrong place too.
        let elsewhere = [vec![(0, 0.5), (1, 0.5), (3, 0.1)], vec![]];
        assert_eq!(judged(&found, |i| elsewhere[i].clone(), &[0, 1, 1, 0]), [0.0, 0.5]);
    }

    proptest! {
        #[test]
        fn no_feature_and_no_threshold_is_better(
            things in prop::collection::vec(0_usize..3, 12),
            strengths in prop::collection::vec(prop::collection::vec(0_u8..4, 12), 3),
        ) {
            let active: Vec<Vec<(usize, f32)>> = strengths
                .iter()
                .map(|row| row.iter().map(|&f| f32::from(f)).enumerate().filter(|(_, f)| *f > 0.0).collect())
                .collect();
            let found = best(3, |i| active[i].clone(), &things, 3);
            for (thing, found) in found.iter().enumerate() {
                let wanted = things.iter().filter(|&&other| other == thing).count();
                let mut highest = 0.0_f64;
                for active in &active {
                    for threshold in [1.0, 2.0, 3.0] {
                        let claimed: Vec<_> = active.iter().filter(|(_, f)| *f >= threshold).collect();
                        let hits = claimed.iter().filter(|(at, _)| things[*at] == thing).count();
                        if hits > 0 {
                            highest = highest.max(2.0 * hits as f64 / (claimed.len() + wanted) as f64);
                        }
                    }
                }
                prop_assert!((found.f1 - highest).abs() < 1e-12);
            }
            let again = judged(&found, |i| active[i].clone(), &things);
            prop_assert!(found.iter().zip(again).all(|(best, f1)| (best.f1 - f1).abs() < 1e-12));
        }
    }
}
