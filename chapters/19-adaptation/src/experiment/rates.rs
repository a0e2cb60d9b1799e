//! Which learning rate is best: the search that each side of a comparison is given.

/// The rates that may be tried: each is about three times the one before.
const RATES: [f64; 8] = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1];

/// Of rates that were tried, each with a loss, the one with the lowest.
pub fn best(tried: &[(f64, f64)]) -> Option<f64> {
    tried.iter().min_by(|a, b| a.1.total_cmp(&b.1)).map(|(rate, _)| *rate)
}

/// The rates to be tried next, where these were tried: at the beginning `first`, then those beside the best one, until
/// both are worse.
pub fn next(tried: &[(f64, f64)], first: f64) -> Vec<f64> {
    let place = |rate: f64| RATES.iter().position(|one| *one == rate).expect("one of the rates");
    let near: Vec<usize> = match best(tried) {
        None => vec![place(first)],
        Some(best) => [place(best).checked_sub(1), Some(place(best) + 1)].into_iter().flatten().collect(),
    };
    let rates = near.into_iter().filter_map(|at| RATES.get(at).copied());
    rates.filter(|rate| !tried.iter().any(|(one, _)| one == rate)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_ends_where_both_neighbours_are_worse() {
        for bottom in RATES {
            let loss = |rate: f64| (rate / bottom).ln().powi(2);
            let mut tried = Vec::new();
            loop {
                let rates = next(&tried, 1e-2);
                if rates.is_empty() {
                    break;
                }
                tried.extend(rates.into_iter().map(|rate| (rate, loss(rate))));
            }
            assert_eq!(best(&tried), Some(bottom));
            assert!(tried.len() <= RATES.len());
        }
        assert_eq!(best(&[]), None);
    }
}
