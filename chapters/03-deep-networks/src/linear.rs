//! The linear layer: y = W x + b.

use crate::parameters;
use dfdx::prelude::{
    Axes2, Axis, BroadcastTo, ConstDim, ConstShape, Device, Dim, Dtype, HasShape, Module, PermuteTo,
    Storage, Tape, Tensor, TensorOptions, TryAdd, TryMatMul,
};
use rand::distributions::Uniform;
use tensors::Real;

// ANCHOR: linear
/// From `In` numbers to `Out`. The sizes are types: `Const<32>` is the size 32, and a layer that
/// takes any size asks for some [`ConstDim`].
#[derive(Debug, Clone)]
pub struct Linear<In: ConstDim, Out: ConstDim, E: Dtype, D: Storage<E>> {
    /// W: a row for each output.
    pub weight: Tensor<(Out, In), E, D>,
    /// b.
    pub bias: Tensor<(Out,), E, D>,
}

parameters!(Linear<In: ConstDim, Out: ConstDim> {
    weight: uniform::<In, _, E, D>(),
    bias: uniform::<In, _, E, D>()
});

/// Between −1/√`In` and 1/√`In`, each number as likely as any other.
fn uniform<In: ConstDim, S: ConstShape, E: Real, D: Device<E>>() -> TensorOptions<S, E, D> {
    TensorOptions::reset_with(|tensor| {
        let bound = E::ONE / E::of(In::SIZE as f64).sqrt();
        tensor.try_fill_with_distr(Uniform::new(-bound, bound))
    })
}

/// Rows: `(rows, In)` to `(rows, Out)`.
impl<Rows: Dim, In: ConstDim, Out: ConstDim, E: Real, D: Device<E>, T: Tape<E, D>>
    Module<Tensor<(Rows, In), E, D, T>> for Linear<In, Out, E, D>
{
    type Output = Tensor<(Rows, Out), E, D, T>;
    type Error = D::Err;

    fn try_forward(&self, x: Tensor<(Rows, In), E, D, T>) -> Result<Self::Output, D::Err> {
        let y = x.try_matmul(self.weight.retaped::<T>().try_permute::<_, Axes2<1, 0>>()?)?;
        let shape = *y.shape();
        y.try_add(self.bias.retaped::<T>().try_broadcast_like::<_, Axis<0>>(&shape)?)
    }
}
// ANCHOR_END: linear

/// Sequences: `(batch, seq, In)` to `(batch, seq, Out)`, each position alone.
impl<Batch: Dim, Seq: Dim, In: ConstDim, Out: ConstDim, E: Real, D: Device<E>, T: Tape<E, D>>
    Module<Tensor<(Batch, Seq, In), E, D, T>> for Linear<In, Out, E, D>
{
    type Output = Tensor<(Batch, Seq, Out), E, D, T>;
    type Error = D::Err;

    fn try_forward(&self, x: Tensor<(Batch, Seq, In), E, D, T>) -> Result<Self::Output, D::Err> {
        let y = x.try_matmul(self.weight.retaped::<T>().try_permute::<_, Axes2<1, 0>>()?)?;
        let shape = *y.shape();
        y.try_add(self.bias.retaped::<T>().try_broadcast_like::<_, Axes2<0, 1>>(&shape)?)
    }
}

/// [`Linear`] without b: y = W x, for sequences.
#[derive(Debug, Clone)]
pub struct UnbiasedLinear<In: ConstDim, Out: ConstDim, E: Dtype, D: Storage<E>> {
    /// W: a row for each output.
    pub weight: Tensor<(Out, In), E, D>,
}

parameters!(UnbiasedLinear<In: ConstDim, Out: ConstDim> { weight: uniform::<In, _, E, D>() });

impl<Batch: Dim, Seq: Dim, In: ConstDim, Out: ConstDim, E: Real, D: Device<E>, T: Tape<E, D>>
    Module<Tensor<(Batch, Seq, In), E, D, T>> for UnbiasedLinear<In, Out, E, D>
{
    type Output = Tensor<(Batch, Seq, Out), E, D, T>;
    type Error = D::Err;

    fn try_forward(&self, x: Tensor<(Batch, Seq, In), E, D, T>) -> Result<Self::Output, D::Err> {
        x.try_matmul(self.weight.retaped::<T>().try_permute::<_, Axes2<1, 0>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::nn::modules::{Linear as Library, UnbiasedLinear as UnbiasedLibrary};
    use dfdx::prelude::{
        Backward, BuildModule, Const, Cpu, NumParams, OwnedTape, PutTape, Rank0, ResetParams, SumTo,
        TensorFromVec,
    };
    use proptest::prelude::*;

    type Ours = Linear<Const<3>, Const<5>, f32, Cpu>;

    /// Both layers, drawn with the same seed.
    fn both(seed: u64) -> (Ours, Library<3, 5, f32, Cpu>) {
        (Ours::build(&Cpu::seed_from_u64(seed)), Library::build(&Cpu::seed_from_u64(seed)))
    }

    proptest! {
        #[test]
        fn it_is_drawn_as_the_library_draws_it_and_computes_the_same_bytes(seed: u64, batch in 1_usize..4, seq in 1_usize..5) {
            let (mut ours, mut theirs) = both(seed);
            for _ in 0..2 {
                prop_assert_eq!(ours.weight.as_vec(), theirs.weight.as_vec());
                prop_assert_eq!(ours.bias.as_vec(), theirs.bias.as_vec());
                ours.reset_params(); // goes on with the device's numbers
                theirs.reset_params();
            }
            let numbers = tensors::seeds::normal(&mut tensors::seeds::generator(seed), batch * seq * 3, 1.0);
            let rows = Cpu::default().tensor_from_vec(numbers.clone(), (batch * seq, Const::<3>));
            prop_assert_eq!(ours.forward(rows.clone()).as_vec(), theirs.forward(rows).as_vec());
            let sequences = Cpu::default().tensor_from_vec(numbers, (batch, seq, Const::<3>));
            prop_assert_eq!(ours.forward(sequences.clone()).as_vec(), theirs.forward(sequences.clone()).as_vec());
            let ours = UnbiasedLinear::<Const<3>, Const<5>, f32, Cpu>::build(&Cpu::seed_from_u64(seed));
            let theirs = UnbiasedLibrary::<3, 5, f32, Cpu>::build(&Cpu::seed_from_u64(seed));
            prop_assert_eq!(ours.weight.as_vec(), theirs.weight.as_vec());
            prop_assert_eq!(ours.forward(sequences.clone()).as_vec(), theirs.forward(sequences).as_vec());
        }
    }

    #[test]
    fn its_gradients_are_the_library_s() {
        let (ours, theirs) = both(1);
        assert_eq!(ours.num_trainable_params(), 3 * 5 + 5);
        let x =
            Cpu::default().tensor_from_vec((0..24).map(|i| (i as f32).sin()).collect(), (2, 4, Const::<3>));
        let ours_by =
            ours.forward(x.clone().put_tape(OwnedTape::default())).square().sum::<Rank0, _>().backward();
        let theirs_by =
            theirs.forward(x.clone().put_tape(OwnedTape::default())).square().sum::<Rank0, _>().backward();
        assert_eq!(ours_by.get(&ours.weight).as_vec(), theirs_by.get(&theirs.weight).as_vec());
        assert_eq!(ours_by.get(&ours.bias).as_vec(), theirs_by.get(&theirs.bias).as_vec());
        assert_eq!(ours_by.get(&x).as_vec(), theirs_by.get(&x).as_vec());
    }
}
