//! Gradients as explanations: how the score changes with each position's first vector.

use deep_networks::{Dropout, numbers};
use dfdx::prelude::{
    Backward, ConstDim, Cpu, HasShape, OwnedTape, PutTape, Rank0, SplitTape, SumTo, Tensor, TensorFromVec,
};
use gpt::Gpt;
use gpt::seen::Place;
use transformer::Sizes;

/// What gradients say of each position.
#[derive(Debug, Clone, PartialEq)]
pub struct Slopes {
    /// The length of the gradient (Simonyan et al. 2014): how much a push of the vector can do.
    pub length: Vec<f64>,
    /// Gradient · vector: by how much the score would fall if the vector went to nothing and the slope
    /// stayed.
    pub times_input: Vec<f64>,
}

// ANCHOR: slopes
/// The slopes of the score of token `a` minus that of token `b` as the next one.
///
/// # Panics
/// When there are more tokens than positions.
pub fn slopes<S: Sizes>(model: &Gpt<S>, tokens: &[usize], [a, b]: [usize; 2]) -> Slopes {
    let (device, seq, width) = (Cpu::default(), tokens.len(), <S::Model as ConstDim>::SIZE);
    let mut embedded = None;
    let tape = OwnedTape::<f32, Cpu>::default();
    let x = model.stream_seen(tokens, 1, tape, &mut Dropout::off(), |place, x| {
        if place != Place::Embedded {
            return x;
        }
        // A tensor that no operation made: what made it would take its gradient away.
        let (x, tape) = x.split_tape();
        let x = device.tensor_from_vec(numbers(&x), *HasShape::shape(&x));
        embedded = Some(x.clone());
        x.put_tape(tape)
    });
    let vocabulary = <S::Vocab as ConstDim>::SIZE;
    let mut asked = vec![0.0; seq * vocabulary];
    asked[(seq - 1) * vocabulary + a] += 1.0;
    asked[(seq - 1) * vocabulary + b] -= 1.0;
    let asked = device.tensor_from_vec(asked, (1, seq, S::Vocab::default()));
    let difference: Tensor<Rank0, f32, Cpu, _> = (model.scores(x) * asked).sum();
    let embedded = embedded.expect("every text is embedded");
    let gradient = numbers(&difference.backward().get(&embedded));
    let vectors = numbers(&embedded);
    let pairs = gradient.chunks_exact(width).zip(vectors.chunks_exact(width));
    let of = |(g, x): (&[f32], &[f32])| {
        let length = g.iter().map(|g| f64::from(g * g)).sum::<f64>().sqrt();
        (length, g.iter().zip(x).map(|(g, x)| f64::from(g * x)).sum::<f64>())
    };
    let (length, times_input) = pairs.map(of).unzip();
    Slopes { length, times_input }
}
// ANCHOR_END: slopes

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::streams;
    use crate::probe::streams::scores_changed;
    use crate::small::{IDS, model};

    #[test]
    fn the_slopes_are_those_of_small_steps() {
        let (model, tokens) = (model(1), &IDS[..6]);
        let slopes = slopes(&model, tokens, [7, 2]);
        let embedded = streams(&model, tokens).swap_remove(0);
        let difference = |scale: f32, position: usize| {
            let scores = scores_changed(&model, tokens, &[6], |depth, x| {
                if depth == 0 {
                    x[position * 8..(position + 1) * 8].iter_mut().for_each(|x| *x *= scale);
                }
            });
            f64::from(scores[7] - scores[2])
        };
        let largest = slopes.times_input.iter().fold(0.0_f64, |most, slope| most.max(slope.abs()));
        assert!(largest > 0.1, "{largest}");
        for (position, said) in slopes.times_input.iter().enumerate() {
            // d/ds of the score at s · x is gradient · x. A step of 1 % is large for f32 and small for the
            // bend.
            let slope = (difference(1.01, position) - difference(0.99, position)) / 0.02;
            assert!((slope - said).abs() < 0.01 * largest, "{position}: {slope} {said}");
            let squares = embedded[position * 8..(position + 1) * 8].iter().map(|x| f64::from(x * x));
            let bound = slopes.length[position] * squares.sum::<f64>().sqrt();
            assert!(said.abs() <= bound * 1.0001, "Cauchy and Schwarz");
        }
    }

    #[test]
    fn of_a_token_and_itself_nothing_is_to_be_explained() {
        let slopes = slopes(&model(1), &IDS[..3], [7, 7]);
        assert!(slopes.length.iter().all(|&length| length == 0.0));
    }
}
