//! How right an explanation is, where the true source is known.

use data_quality::roc::Area;

// ANCHOR: ranked
/// The probability that a true source is ranked above another position, ties counting half: 1 for a perfect
/// explanation, ½ for a coin. It is the area under the curve of one text.
///
/// # Panics
/// When there is no source, or nothing else.
pub fn ranked(explanation: &[f64], sources: &[usize]) -> f64 {
    let (sources, others): (Vec<_>, Vec<_>) =
        explanation.iter().enumerate().partition(|(i, _)| sources.contains(i));
    let [sources, others] =
        [sources, others].map(|part| part.into_iter().map(|(_, &x)| x).collect::<Vec<f64>>());
    assert!(!sources.is_empty() && !others.is_empty(), "a source, and something that is none");
    Area::of(&sources, &others).area
}
// ANCHOR_END: ranked

/// Whether the highest number of all stands at a source; 0 and 1 and, where several are highest, the share
/// of them that are sources.
pub fn pointed(explanation: &[f64], sources: &[usize]) -> f64 {
    let highest = explanation.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let top: Vec<usize> = (0..explanation.len()).filter(|&i| explanation[i] >= highest).collect();
    top.iter().filter(|i| sources.contains(i)).count() as f64 / top.len() as f64
}

/// What needs no model: a later position is named before an earlier one.
pub fn recency(tokens: &[usize]) -> Vec<f64> {
    (0..tokens.len()).map(|position| position as f64).collect()
}

/// Nor does this: the positions that hold the very token that comes next, the later of them before the
/// earlier.
pub fn same_token(tokens: &[usize], next: usize) -> Vec<f64> {
    let n = tokens.len() as f64;
    tokens.iter().enumerate().map(|(i, &token)| if token == next { n + i as f64 } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        assert_eq!(ranked(&[0.1, 0.7, 0.2], &[1]), 1.0);
        assert_eq!(ranked(&[0.1, 0.7, 0.2], &[2]), 0.5);
        assert_eq!(ranked(&[0.3, 0.3, 0.1, 0.2], &[0, 3]), 0.625);
        assert_eq!((pointed(&[0.1, 0.7, 0.2], &[1]), pointed(&[0.1, 0.7, 0.2], &[0])), (1.0, 0.0));
        assert_eq!(pointed(&[0.0, 0.0, 0.0, 0.0], &[3]), 0.25, "who says nothing points nowhere");
    }

    #[test]
    fn what_needs_no_model() {
        assert_eq!(ranked(&recency(&[5, 6, 7]), &[2]), 1.0);
        assert_eq!(same_token(&[5, 6, 5, 7], 5), [4.0, 0.0, 6.0, 0.0]);
        assert_eq!(pointed(&same_token(&[5, 6, 5, 7], 5), &[2]), 1.0);
    }
}
