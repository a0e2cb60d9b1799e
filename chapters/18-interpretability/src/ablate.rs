//! Ablation: what is lost without a part.
//!
//! A part is taken away by putting something in place of what it adds that knows nothing of the text:
//! zeros, or its own mean over many texts. Zeros are also something that the parts behind it have never
//! met, so what is lost is partly the fault of the zeros; a mean they have met, on average.

use crate::hooks::{Head, Kept, hooked};
use dfdx::prelude::ConstDim;
use gpt::seen::Place;
use gpt::{Gpt, Sizes};
use kernels::Kernels;

/// A part that can be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Component {
    /// One head.
    Head(Head),
    /// The feed-forward network of a block.
    FeedForward(usize),
}

/// What stands in a part's place.
#[derive(Debug, Clone, Copy)]
pub enum Filling<'a> {
    /// Zeros.
    Zero,
    /// The part's mean over other texts.
    Mean(&'a Means),
}

/// The mean of what each part adds, over all positions of some texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Means {
    /// Of each block what its heads found, and what its network added.
    blocks: Vec<[Vec<f32>; 2]>,
}

impl Means {
    /// Over `texts`, each read alone.
    ///
    /// # Panics
    /// When there are none.
    pub fn of<S: Sizes, D: Kernels<f32>>(model: &Gpt<S, f32, D>, texts: &[&[usize]]) -> Self {
        let blocks = model.blocks.modules.len();
        let (width, count) =
            (<S::Model as ConstDim>::SIZE, texts.iter().map(|text| text.len()).sum::<usize>());
        assert!(count > 0, "of no tokens there is no mean");
        let mut sums = vec![[vec![0.0; width], vec![0.0; width]]; blocks];
        for text in texts {
            let kept = Kept::of(model, text, 1);
            for (block, [found, added]) in sums.iter_mut().enumerate() {
                let at = |place| kept.at(place).chunks(width);
                at(Place::Heads(block)).for_each(|x| add(found, x, 1.0));
                at(Place::Thought(block)).for_each(|x| add(added, x, 1.0));
                at(Place::Attended(block)).for_each(|x| add(added, x, -1.0));
            }
        }
        let mean = |sum: Vec<f64>| sum.into_iter().map(|sum| (sum / count as f64) as f32).collect();
        Self { blocks: sums.into_iter().map(|parts| parts.map(mean)).collect() }
    }
}

fn add(sum: &mut [f64], x: &[f32], times: f64) {
    sum.iter_mut().zip(x).for_each(|(sum, x)| *sum += times * f64::from(*x));
}

// ANCHOR: without
/// The scores of every token as the next one at every position, `(batch, seq, Vocab)`, where `taken` add
/// nothing that depends on the text.
pub fn without<S: Sizes, D: Kernels<f32>>(
    model: &Gpt<S, f32, D>,
    tokens: &[usize],
    batch: usize,
    taken: &[Component],
    filling: Filling<'_>,
) -> Vec<f32> {
    let (width, head_dim) = (<S::Model as ConstDim>::SIZE, <S::HeadDim as ConstDim>::SIZE);
    let zeros = vec![0.0; width];
    let stands_in = |block: usize, part: usize| match filling {
        Filling::Zero => &zeros,
        Filling::Mean(means) => &means.blocks[block][part],
    };
    let mut attended = Vec::new();
    hooked(model, tokens, batch, |place, here| match place {
        Place::Heads(block) => {
            for component in taken {
                let Component::Head(head) = component else { continue };
                if head.block != block {
                    continue;
                }
                let numbers = head.head * head_dim..(head.head + 1) * head_dim;
                for found in here.chunks_mut(width) {
                    found[numbers.clone()].copy_from_slice(&stands_in(block, 0)[numbers.clone()]);
                }
            }
        }
        Place::Attended(_) => attended = here.to_vec(),
        // The stream goes on as it was before the network, and the filling is added.
        Place::Thought(block) if taken.contains(&Component::FeedForward(block)) => {
            for (here, before) in here.chunks_mut(width).zip(attended.chunks(width)) {
                let with = before.iter().zip(stands_in(block, 1)).map(|(before, added)| before + added);
                here.iter_mut().zip(with).for_each(|(here, with)| *here = with);
            }
        }
        Place::Thought(_) | Place::Embedded => {}
    })
}
// ANCHOR_END: without

#[cfg(test)]
mod tests {
    use super::*;
    use crate::small::{IDS, Small, far, model};

    fn texts() -> [&'static [usize]; 2] {
        [&[1, 2, 3, 4, 5, 6], &[11, 0, 7]]
    }

    fn all() -> Vec<Component> {
        let networks = (0..2).map(Component::FeedForward);
        Head::all(2, 2).into_iter().map(Component::Head).chain(networks).collect()
    }

    /// A model whose weights do what an ablation by zeros should do.
    fn weakened(component: Component) -> Gpt<Small> {
        let mut weak = model(1);
        match component {
            Component::Head(Head { block, head }) => {
                let weight = &mut weak.blocks.modules[block].attention.output.weight;
                let mut numbers = weight.as_vec();
                numbers.chunks_mut(8).for_each(|row| row[head * 4..][..4].fill(0.0));
                weight.copy_from(&numbers);
            }
            Component::FeedForward(block) => {
                let down = &mut weak.blocks.modules[block].feed_forward.down;
                down.weight.copy_from(&[0.0; 128]);
                down.bias.copy_from(&[0.0; 8]);
            }
        }
        weak
    }

    #[test]
    fn zeros_in_place_of_a_part_are_a_model_without_its_weights() {
        let full = hooked(&model(1), &IDS, 2, |_, _| ());
        for component in all() {
            let scores = without(&model(1), &IDS, 2, &[component], Filling::Zero);
            let expected = hooked(&weakened(component), &IDS, 2, |_, _| ());
            assert!(far(&scores, &expected) < 1e-4, "{component:?}");
            assert!(far(&scores, &full) > 1e-2, "{component:?} did nothing");
        }
    }

    #[test]
    fn means_are_those_of_all_positions_whatever_the_lengths_of_texts() {
        let model = model(2);
        let means = Means::of(&model, &texts());
        let mut sums = vec![[vec![0.0_f64; 8], vec![0.0; 8]]; 2];
        for text in texts() {
            let kept = Kept::of(&model, text, 1);
            for (block, [heads, network]) in sums.iter_mut().enumerate() {
                for at in 0..text.len() {
                    let [found, before, after] = [Place::Heads, Place::Attended, Place::Thought]
                        .map(|place| kept.vector(place(block), at));
                    heads.iter_mut().zip(found).for_each(|(sum, x)| *sum += f64::from(*x));
                    let added = before.iter().zip(after).map(|(before, after)| f64::from(after - before));
                    network.iter_mut().zip(added).for_each(|(sum, x)| *sum += x);
                }
            }
        }
        for (means, sums) in means.blocks.iter().zip(sums) {
            for (mean, sum) in means.iter().zip(sums) {
                let expected: Vec<f32> = sum.iter().map(|sum| (sum / 9.0) as f32).collect();
                assert!(far(mean, &expected) < 1e-5);
            }
        }
    }

    #[test]
    fn on_a_text_of_one_token_the_mean_of_that_text_is_the_part_itself() {
        let model = model(3);
        let means = Means::of(&model, &[&[4]]);
        let scores = without(&model, &[4], 1, &all(), Filling::Mean(&means));
        assert!(far(&scores, &hooked(&model, &[4], 1, |_, _| ())) < 1e-4);
        let longer = without(&model, &IDS, 2, &all(), Filling::Mean(&means));
        assert!(far(&longer, &hooked(&model, &IDS, 2, |_, _| ())) > 1e-2);
    }

    #[test]
    fn without_all_parts_a_position_knows_its_own_token_alone() {
        let model = model(4);
        let mut other = IDS;
        other[0] = 9;
        let of = |ids: &[usize]| without(&model, ids, 2, &all(), Filling::Zero);
        let (one, two) = (of(&IDS), of(&other));
        assert!(far(&one[..12], &two[..12]) > 1e-2, "the token itself");
        assert_eq!(one[12..], two[12..], "no other position sees it");
    }
}
