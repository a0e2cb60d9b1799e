//! Hooks: what passes through a model, kept, and changed on its way.
//!
//! [`Gpt::stream_seen`] hands out tensors. Here they are plain numbers, one vector after another: all
//! other tools of the chapter are made of these two functions.

use attention::Sequences;
use deep_networks::Dropout;
use dfdx::prelude::{HasShape, NoneTape};
use gpt::seen::Place;
use gpt::{Gpt, Sizes};
use kernels::Kernels;
use std::collections::HashMap;

/// One head of one block, both counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Head {
    /// The block that it is in.
    pub block: usize,
    /// Which of the block's heads it is.
    pub head: usize,
}

impl Head {
    /// All heads of a model of so many blocks with so many heads each, in order.
    pub fn all(blocks: usize, heads: usize) -> Vec<Self> {
        (0..blocks).flat_map(|block| (0..heads).map(move |head| Self { block, head })).collect()
    }
}

// ANCHOR: hooked
/// The scores of every token as the next one at every position, `(batch, seq, Vocab)`, where `hook` is
/// called at every [`Place`] on the way: it is shown the numbers there, `(batch, seq, Model)`, and what
/// it writes into them goes on.
pub fn hooked<S: Sizes, D: Kernels<f32>>(
    model: &Gpt<S, f32, D>,
    tokens: &[usize],
    batch: usize,
    hook: impl FnMut(Place, &mut [f32]),
) -> Vec<f32> {
    model.scores(stream_hooked(model, tokens, batch, hook)).as_vec()
}

/// The stream behind the last block, `(batch, seq, Model)`, with the same hook, for whoever needs no
/// scores: the output layer is the largest of all.
pub fn stream_hooked<S: Sizes, D: Kernels<f32>>(
    model: &Gpt<S, f32, D>,
    tokens: &[usize],
    batch: usize,
    mut hook: impl FnMut(Place, &mut [f32]),
) -> Sequences<S::Model, f32, D, NoneTape> {
    model.stream_seen(tokens, batch, NoneTape, &mut Dropout::off(), |place, x| {
        let (mut numbers, shape) = (x.as_vec(), *x.shape());
        hook(place, &mut numbers);
        x.device().tensor_from_vec(numbers, shape)
    })
}
// ANCHOR_END: hooked

/// What passed every [`Place`] of a model that read some tokens.
#[derive(Debug, Clone)]
pub struct Kept {
    numbers: HashMap<Place, Vec<f32>>,
    /// Numbers in a vector.
    width: usize,
}

// ANCHOR: keep
impl Kept {
    /// Of `batch` sequences of tokens, one after the other.
    pub fn of<S: Sizes, D: Kernels<f32>>(model: &Gpt<S, f32, D>, tokens: &[usize], batch: usize) -> Self {
        let mut numbers = HashMap::new();
        stream_hooked(model, tokens, batch, |place, here| {
            numbers.insert(place, here.to_vec());
        });
        let width = numbers[&Place::Embedded].len() / tokens.len();
        Self { numbers, width }
    }
    // ANCHOR_END: keep

    /// All numbers of a place.
    ///
    /// # Panics
    /// When the model has no such place.
    pub fn at(&self, place: Place) -> &[f32] {
        &self.numbers[&place]
    }

    /// The vector of one of the tokens, counted through all sequences.
    ///
    /// # Panics
    /// When there is no such place or token.
    pub fn vector(&self, place: Place, token: usize) -> &[f32] {
        &self.at(place)[token * self.width..][..self.width]
    }
}

/// The places of the stream of a model of so many blocks, in order: behind the embedding, and behind each
/// half of each block.
pub fn stream_places(blocks: usize) -> Vec<Place> {
    let halves = (0..blocks).flat_map(|block| [Place::Attended(block), Place::Thought(block)]);
    std::iter::once(Place::Embedded).chain(halves).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::small::{IDS, far, model};

    #[test]
    fn a_hook_that_only_looks_changes_nothing() {
        let model = model(1);
        let looked_at = hooked(&model, &IDS, 2, |_, _| ());
        let scores = model.forward(&IDS, 2, NoneTape, &mut Dropout::off()).as_vec();
        assert!(
            far(&looked_at, &scores) < 1e-4,
            "both round, in another order: {}",
            far(&looked_at, &scores)
        );
    }

    #[test]
    fn what_is_kept_is_what_passed_and_each_token_has_its_own() {
        let model = model(2);
        let kept = Kept::of(&model, &IDS, 2);
        let mut places = Vec::new();
        hooked(&model, &IDS, 2, |place, here| {
            assert_eq!(kept.at(place), here);
            let rows: Vec<&[f32]> = (0..IDS.len()).map(|token| kept.vector(place, token)).collect();
            assert_eq!(rows.concat(), here);
            places.push(place);
        });
        places.retain(|place| !matches!(place, Place::Heads(_)));
        assert_eq!(places, stream_places(2));
    }

    #[test]
    fn what_a_hook_writes_goes_on() {
        let model = model(3);
        let silenced = hooked(&model, &IDS, 2, |place, here| {
            if place == Place::Thought(1) {
                here.fill(0.0);
            }
        });
        // A stream of zeros has the same scores at every position: those of the last norm's bias.
        let rows: Vec<&[f32]> = silenced.chunks(silenced.len() / IDS.len()).collect();
        assert!(rows.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[test]
    fn all_heads_are_listed_once_in_order() {
        let heads = Head::all(2, 3);
        assert_eq!(heads.len(), 6);
        assert!(heads.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(heads[4], Head { block: 1, head: 1 });
    }
}
