//! The embedding: a learned vector for each token.

use deep_networks::parameters;
use dfdx::prelude::{
    ConstDim, Device, Dtype, GatherTo, PutTape, Storage, Tape, Tensor, TensorFromVec, TensorOptions,
};
use rand::distributions::Uniform;
use tensors::Real;

// ANCHOR: embedding
/// A vector of `Model` numbers for each of `Vocab` tokens.
#[derive(Debug, Clone)]
pub struct Embedding<Vocab: ConstDim, Model: ConstDim, E: Dtype, D: Storage<E>> {
    /// Row t is the vector of token t.
    pub weight: Tensor<(Vocab, Model), E, D>,
}

// Between −1/√Vocab and 1/√Vocab, each number as likely as any other: as dfdx's layer starts.
parameters!(Embedding<Vocab: ConstDim, Model: ConstDim> {
    weight: TensorOptions::reset_with(|weight| {
        let bound = E::ONE / E::of(Vocab::SIZE as f64).sqrt();
        weight.try_fill_with_distr(Uniform::new(-bound, bound))
    })
});

impl<Vocab: ConstDim, Model: ConstDim, E: Real, D: Device<E>> Embedding<Vocab, Model, E, D> {
    /// The vectors of rows of `seq` tokens, `(rows, seq, Model)`. Its gradient goes back to the rows
    /// of the table that were taken.
    ///
    /// # Panics
    /// When a token is not smaller than `Vocab`, or `tokens` are not whole rows.
    pub fn look_up<T: Tape<E, D>>(
        &self,
        tokens: &[usize],
        seq: usize,
        tape: T,
    ) -> Tensor<(usize, usize, Model), E, D, T> {
        let (device, shape) = (self.weight.device(), (tokens.len() / seq, seq));
        let ids = TensorFromVec::<usize>::tensor_from_vec(device, tokens.to_vec(), shape);
        self.weight.clone().put_tape(tape).gather(ids)
    }
}
// ANCHOR_END: embedding

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{Backward, BuildModule, Const, Cpu, Module, OwnedTape, Rank0, SumTo};

    #[test]
    fn it_is_the_library_s_layer_to_the_last_byte() {
        for seed in 0..5 {
            let ours = Embedding::<Const<7>, Const<3>, f32, Cpu>::build(&Cpu::seed_from_u64(seed));
            let theirs = dfdx::nn::modules::Embedding::<7, 3, f32, Cpu>::build(&Cpu::seed_from_u64(seed));
            assert_eq!(ours.weight.as_vec(), theirs.weight.as_vec());
            let tokens = [5, 0, 6, 2, 5, 5];
            let ids = TensorFromVec::<usize>::tensor_from_vec(&Cpu::default(), tokens.to_vec(), (2, 3));
            let (ours_by, theirs_by) = (
                ours.look_up(&tokens, 3, OwnedTape::default()),
                theirs.forward(ids.put_tape(OwnedTape::default())),
            );
            assert_eq!(ours_by.as_vec(), theirs_by.as_vec());
            let ours_by = ours_by.square().sum::<Rank0, _>().backward();
            let theirs_by = theirs_by.square().sum::<Rank0, _>().backward();
            assert_eq!(ours_by.get(&ours.weight).as_vec(), theirs_by.get(&theirs.weight).as_vec());
        }
    }
}
