//! Does the model *use* what a probe reads?
//!
//! A probe finds what is there, not what it is for. So move the stream along what the probe has found, and
//! see whether the story follows. On stories the judge is the grammar's parser: what is told afterwards
//! either is the story of the other word, to the last letter, or of the first, or of none.

use crate::probe::Probe;
use crate::probe::moments::dot;
use crate::probe::streams::scores_changed;
use dfdx::prelude::ConstDim;
use gpt::Gpt;
use kernels::Workers;
use transformer::Sizes;

/// A shift of one vector of one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Push {
    /// At which depth: 0 before the first block, 1 behind it, and so on.
    pub depth: usize,
    /// Of which position.
    pub position: usize,
    /// What is added.
    pub shift: Vec<f32>,
}

impl Probe {
    /// From the mean of one class to that of another.
    pub fn between_means(&self, from: usize, to: usize) -> Vec<f64> {
        self.means[to].iter().zip(&self.means[from]).map(|(to, from)| to - from).collect()
    }

    // ANCHOR: across
    /// The shortest shift after which the probe is `times` as sure of `to` against `from` as it was of
    /// `from` against `to` at `x`: it goes along w_to − w_from.
    pub fn across(&self, x: &[f32], from: usize, to: usize, times: f64) -> Vec<f64> {
        let direction: Vec<f64> =
            self.weights[to].iter().zip(&self.weights[from]).map(|(to, from)| to - from).collect();
        let scores = self.scores(x);
        let lead = scores[from] - scores[to];
        // A step of s in this direction closes s · |direction|² of the lead.
        let step = (1.0 + times) * lead / dot(&direction, &direction);
        direction.iter().map(|d| step * d).collect()
    }
    // ANCHOR_END: across
}

/// The scores of the next token behind each text, where each is pushed.
///
/// # Panics
/// As [`Gpt::stream_seen`].
pub fn pushed_scores<S: Sizes>(model: &Gpt<S>, texts: &[(&[usize], Option<&Push>)]) -> Vec<Vec<f32>> {
    let width = <S::Model as ConstDim>::SIZE;
    let longest = texts.iter().map(|(tokens, _)| tokens.len()).max().unwrap_or(0);
    // What stands behind the end of a text is seen by nobody before it.
    let padded = texts.iter().flat_map(|(tokens, _)| {
        let rest = std::iter::repeat_n(0, longest - tokens.len());
        tokens.iter().copied().chain(rest)
    });
    let (padded, ends): (Vec<usize>, Vec<usize>) =
        (padded.collect(), texts.iter().map(|(tokens, _)| tokens.len()).collect());
    let scores = scores_changed(model, &padded, &ends, |depth, x| {
        for (row, (_, push)) in texts.iter().enumerate() {
            if let Some(push) = push.filter(|push| push.depth == depth) {
                let at = (row * longest + push.position) * width;
                x[at..at + width].iter_mut().zip(&push.shift).for_each(|(x, shift)| *x += shift);
            }
        }
    });
    scores.chunks_exact(<S::Vocab as ConstDim>::SIZE).map(<[f32]>::to_vec).collect()
}

/// Texts that are written side by side.
const ROWS: usize = 8;

// ANCHOR: continued
/// Continues each text with the likeliest token, again and again, while its push holds; until `done` says
/// so of all its tokens, or the model has no position left.
///
/// # Panics
/// As [`Gpt::stream_seen`].
pub fn continued<S: Sizes>(
    model: &Gpt<S>,
    texts: &[(Vec<usize>, Option<Push>)],
    workers: &Workers,
    done: impl Fn(&[usize]) -> bool + kernels::Shareable,
) -> Vec<Vec<usize>> {
    let groups = texts.chunks(ROWS).collect();
    let write = |group: &[(Vec<usize>, Option<Push>)]| {
        let mut written: Vec<Vec<usize>> = group.iter().map(|(tokens, _)| tokens.clone()).collect();
        loop {
            let is_open =
                |tokens: &Vec<usize>| tokens.len() < <S::Context as ConstDim>::SIZE && !done(tokens);
            let open: Vec<usize> = (0..group.len()).filter(|&i| is_open(&written[i])).collect();
            if open.is_empty() {
                return written;
            }
            let asked: Vec<(&[usize], Option<&Push>)> =
                open.iter().map(|&i| (&written[i][..], group[i].1.as_ref())).collect();
            for (i, scores) in open.iter().zip(pushed_scores(model, &asked)) {
                written[*i].push(likeliest(&scores));
            }
        }
    };
    workers.map(groups, write).concat()
}
// ANCHOR_END: continued

/// The place of the highest score.
pub fn likeliest(scores: &[f32]) -> usize {
    (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{BuildModule, Cpu};
    use gpt::LanguageModel;
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;
    use proptest::prelude::*;

    fn model() -> Gpt<Tiny> {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        initialise(&mut model, 4);
        model
    }

    proptest! {
        #[test]
        fn across_the_line_the_probe_is_as_sure_as_it_was_before(
            numbers in prop::collection::vec(-2.0_f32..2.0, 9), times in 0.0_f64..3.0,
        ) {
            let rows: Vec<Vec<f64>> =
                numbers.chunks(3).map(|row| row.iter().map(|&x| f64::from(x)).collect()).collect();
            let (means, weights) = (rows[..2].to_vec(), rows[..2].to_vec());
            let probe = Probe { means, weights, biases: vec![0.3, -0.2] };
            let x = &numbers[6..];
            let lead = |x: &[f32]| { let scores = probe.scores(x); scores[0] - scores[1] };
            let apart: f64 = rows[0].iter().zip(&rows[1]).map(|(a, b)| (a - b).powi(2)).sum();
            prop_assume!(apart > 0.1);
            let shift = probe.across(x, 0, 1, times);
            let moved: Vec<f32> = x.iter().zip(&shift).map(|(x, s)| (f64::from(*x) + s) as f32).collect();
            prop_assert!((lead(&moved) + times * lead(x)).abs() < 1e-4 * (1.0 + lead(x).abs()));
        }
    }

    #[test]
    fn from_mean_to_mean() {
        let means = vec![vec![1.0, 2.0], vec![4.0, 0.0]];
        let probe = Probe { weights: means.clone(), means, biases: vec![0.0; 2] };
        assert_eq!(probe.between_means(0, 1), [3.0, -2.0]);
    }

    #[test]
    fn without_a_push_a_text_goes_on_as_always_and_with_one_it_does_not() {
        let model = model();
        let push = Push { depth: 1, position: 2, shift: vec![3.0; 32] };
        let texts = [(vec![1, 2, 3, 4], None), (vec![1, 2, 3, 4], Some(push)), (vec![9, 8], None)];
        let written = continued(&model, &texts, &Workers::alone(), |tokens| tokens.len() >= 12);
        for (text, (start, push)) in written.iter().zip(&texts) {
            assert_eq!((text.len(), &text[..start.len()]), (12, &start[..]));
            if push.is_none() {
                for end in start.len()..12 {
                    assert_eq!(text[end], likeliest(&model.next_logits(&text[..end])));
                }
            }
        }
        let [usual, pushed] = [&texts[0], &texts[1]]
            .map(|(tokens, push)| pushed_scores(&model, &[(tokens, push.as_ref())]).concat());
        assert_ne!(usual, pushed);
    }

    #[test]
    fn a_text_ends_where_the_model_has_no_position_left() {
        let written = continued(&model(), &[(vec![1; 60], None)], &Workers::alone(), |_| false);
        assert_eq!(written[0].len(), 64);
    }
}
