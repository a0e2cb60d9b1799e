//! The residual stream of a text, at every depth.

use crate::hooks::stream_hooked;
use deep_networks::numbers;
use dfdx::prelude::{ConstDim, Cpu, TensorFromVec};
use gpt::Gpt;
use gpt::seen::Place;
use transformer::Sizes;

/// The stream at each depth: before the first block, behind the first, and so on to the last. Each is a row
/// of vectors, one for each position, one behind the other.
pub type Depths = Vec<Vec<f32>>;

/// At which depth the stream is at a place; none within a block.
pub fn depth(place: Place) -> Option<usize> {
    match place {
        Place::Embedded => Some(0),
        Place::Thought(block) => Some(block + 1),
        Place::Heads(_) | Place::Attended(_) => None,
    }
}

/// The streams of `tokens`.
///
/// # Panics
/// When there are more tokens than positions.
pub fn streams<S: Sizes>(model: &Gpt<S>, tokens: &[usize]) -> Depths {
    let mut seen = Vec::with_capacity(<S::Layers as ConstDim>::SIZE + 1);
    stream_hooked(model, tokens, 1, |place, x| {
        if depth(place).is_some() {
            seen.push(x.to_vec());
        }
    });
    seen
}

/// The scores of every token as the next one behind the last of `tokens`, `batch` texts of equal length,
/// where
/// `change` may move the streams: it is shown the depth and the stream of all texts, `(batch, seq, Model)`.
///
/// # Panics
/// As [`Gpt::stream_seen`].
pub fn scores_changed<S: Sizes>(
    model: &Gpt<S>,
    tokens: &[usize],
    ends: &[usize],
    mut change: impl FnMut(usize, &mut [f32]),
) -> Vec<f32> {
    let (batch, device) = (ends.len(), Cpu::default());
    let x = stream_hooked(model, tokens, batch, |place, x| {
        if let Some(depth) = depth(place) {
            change(depth, x);
        }
    });
    // The output layer is the largest: only what is asked for goes through it.
    let (width, seq, all) = (<S::Model as ConstDim>::SIZE, tokens.len() / batch, numbers(&x));
    let last = ends.iter().enumerate().flat_map(|(text, &end)| {
        let at = (text * seq + end - 1) * width;
        all[at..at + width].to_vec()
    });
    model.scores(device.tensor_from_vec(last.collect(), (batch, 1, S::Model::default()))).as_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use deep_networks::Dropout;
    use dfdx::prelude::{BuildModule, HasShape, NoneTape};
    use gpt::LanguageModel;
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;

    fn model() -> Gpt<Tiny> {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        initialise(&mut model, 4);
        model
    }

    #[test]
    fn the_last_stream_is_the_one_that_is_scored() {
        let (model, tokens) = (model(), [3, 1, 4, 1, 5]);
        let seen = streams(&model, &tokens);
        assert_eq!(seen.len(), 3, "before, between and behind two blocks");
        let x = model.stream(&tokens, 1, NoneTape, &mut Dropout::off());
        assert_eq!(HasShape::shape(&x).0, 1);
        for (a, b) in seen[2].iter().zip(x.as_vec()) {
            assert!((a - b).abs() < 1e-5, "{a} {b}");
        }
    }

    #[test]
    fn texts_of_other_lengths_side_by_side_have_their_own_scores() {
        // Whatever stands behind a text's end is not seen from its last token.
        let model = model();
        let scores = scores_changed(&model, &[1, 2, 3, 9, 9, 4, 5, 6, 7, 8], &[3, 5], |_, _| ());
        let alone = [model.next_logits(&[1, 2, 3]), model.next_logits(&[4, 5, 6, 7, 8])].concat();
        assert_eq!(scores.len(), alone.len());
        for (a, b) in scores.iter().zip(alone) {
            assert!((a - b).abs() < 1e-5, "{a} {b}");
        }
    }

    #[test]
    fn a_change_is_felt_from_its_depth_and_position_on() {
        let (model, tokens) = (model(), [3, 1, 4, 1, 5]);
        let usual = scores_changed(&model, &tokens, &[5], |_, _| ());
        let moved = |depth: usize, position: usize, end: usize| {
            scores_changed(&model, &tokens, &[end], |at, x| {
                if at == depth {
                    x[position * 32..(position + 1) * 32].iter_mut().for_each(|x| *x = 1.0 - *x);
                }
            })
        };
        assert_ne!(moved(0, 2, 5), usual);
        assert_ne!(moved(1, 2, 5), usual);
        // Behind the last block nobody looks at another position any more.
        assert_eq!(moved(2, 2, 5), usual);
        assert_ne!(moved(2, 4, 5), usual);
        // The future is not seen.
        let first = scores_changed(&model, &tokens, &[2], |_, _| ());
        assert_eq!(moved(0, 2, 2), first);
    }
}
