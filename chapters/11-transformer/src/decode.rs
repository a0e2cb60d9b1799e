//! Writing: the most likely token at each step, or the most likely of several whole beginnings.

use crate::number_words::{END, START};
use std::cmp::Ordering;

/// The logarithms of the probabilities of the next token, one row for each of the beginnings.
pub trait NextToken: FnMut(&[Vec<usize>]) -> Vec<Vec<f64>> {}

impl<F: FnMut(&[Vec<usize>]) -> Vec<Vec<f64>>> NextToken for F {}

// ANCHOR: greedy
/// Greedy: always the most likely next token, for `rows` texts side by side, until all have ended
/// or have `longest` tokens. The results have neither start nor end sign.
pub fn greedy(mut next: impl NextToken, rows: usize, longest: usize) -> Vec<Vec<usize>> {
    let mut texts = vec![vec![START]; rows];
    for _ in 0..longest {
        let log_ps = next(&texts);
        for (text, log_p) in texts.iter_mut().zip(log_ps) {
            let best =
                (0..log_p.len()).max_by(|&a, &b| log_p[a].total_cmp(&log_p[b])).expect("a vocabulary");
            text.push(best);
        }
        if texts.iter().all(|text| text.contains(&END)) {
            break;
        }
    }
    // Who ended early was made to write on: cut it off.
    texts.iter().map(|text| text[1..].iter().copied().take_while(|&token| token != END).collect()).collect()
}
// ANCHOR_END: greedy

// ANCHOR: beam
/// Beam search: keeps the `width` most likely beginnings, continues each by every token, and keeps
/// the best of these, until the best of all has ended. Returns the most likely text found and the
/// logarithm of its probability.
pub fn beam(mut next: impl NextToken, width: usize, longest: usize) -> (Vec<usize>, f64) {
    let better =
        |a: &(Vec<usize>, f64), b: &(Vec<usize>, f64)| b.1.partial_cmp(&a.1).unwrap_or(Ordering::Equal);
    let mut open = vec![(vec![START], 0.0)];
    let mut ended: Vec<(Vec<usize>, f64)> = Vec::new();
    while !open.is_empty() && open[0].0.len() <= longest {
        let beginnings: Vec<Vec<usize>> = open.iter().map(|(text, _)| text.clone()).collect();
        let mut longer = Vec::new();
        for ((text, log_p), row) in open.iter().zip(next(&beginnings)) {
            longer.extend(
                row.iter().enumerate().map(|(token, p)| ([&text[..], &[token]].concat(), log_p + p)),
            );
        }
        longer.sort_by(better);
        longer.truncate(width);
        (ended, open) = longer.into_iter().fold((ended, Vec::new()), |(mut ended, mut open), candidate| {
            if candidate.0.last() == Some(&END) {
                ended.push(candidate);
            } else {
                open.push(candidate);
            }
            (ended, open)
        });
        ended.sort_by(better);
        // A probability only falls with every token: when the best has ended, no other can still
        // pass it.
        if let (Some(best), Some(rival)) = (ended.first(), open.first())
            && best.1 >= rival.1
        {
            break;
        }
    }
    ended.extend(open);
    ended.sort_by(better);
    let (text, log_p) = ended.swap_remove(0);
    (text.into_iter().skip(1).filter(|&token| token != END).collect(), log_p)
}
// ANCHOR_END: beam

#[cfg(test)]
mod tests {
    use super::*;

    /// A language of tokens 3 and 4, END = 2: begins with 3 (0.6) or 4 (0.4). After 3, everything
    /// is open; after 4, the end is certain.
    fn trap(beginnings: &[Vec<usize>]) -> Vec<Vec<f64>> {
        let row = |text: &Vec<usize>| match text[1..] {
            [] => [0.0, 0.0, 0.0, 0.6, 0.4],
            [4] => [0.0, 0.0, 1.0, 0.0, 0.0],
            _ => [0.0, 0.0, 0.4, 0.3, 0.3],
        };
        beginnings.iter().map(|text| row(text).map(f64::ln).to_vec()).collect()
    }

    #[test]
    fn greedy_takes_the_first_step_and_misses_the_best_text() {
        assert_eq!(greedy(trap, 1, 5), [[3]]); // 0.6 · 0.4 = 0.24
        let (text, log_p) = beam(trap, 2, 5);
        assert_eq!(text, [4]); // 0.4 · 1
        assert!((log_p - 0.4_f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn a_beam_of_one_is_greedy() {
        assert_eq!(vec![beam(trap, 1, 5).0], greedy(trap, 1, 5));
    }

    #[test]
    fn it_stops_at_the_longest_text_allowed() {
        let endless = |texts: &[Vec<usize>]| {
            vec![vec![f64::NEG_INFINITY, f64::NEG_INFINITY, -50.0, 0.0]; texts.len()]
        };
        assert_eq!(greedy(endless, 2, 4), [[3; 4]; 2]);
        assert_eq!(beam(endless, 3, 4).0, [3; 4]);
    }
}
