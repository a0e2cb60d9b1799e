//! One head of self-attention: three learned projections and the attention between them.

use crate::scaled_dot_product::{Sequences, attention};
use deep_networks::{UnbiasedLinear, parameters};
use dfdx::prelude::{Const, Device, Dtype, Module, Storage, Tape, Tensor};
use tensors::Real;

// ANCHOR: head
/// Queries, keys and values of size `KEY` from vectors of size `MODEL`.
///
/// Attention mixes *values*, a learned projection of the inputs, not the inputs themselves.
#[derive(Debug, Clone)]
pub struct Head<const MODEL: usize, const KEY: usize, E: Dtype, D: Storage<E>> {
    /// What a position asks for.
    pub query: UnbiasedLinear<Const<MODEL>, Const<KEY>, E, D>,
    /// How a position presents itself.
    pub key: UnbiasedLinear<Const<MODEL>, Const<KEY>, E, D>,
    /// What a position has to give.
    pub value: UnbiasedLinear<Const<MODEL>, Const<KEY>, E, D>,
}

impl<const MODEL: usize, const KEY: usize, E: Real, D: Device<E>> Head<MODEL, KEY, E, D> {
    /// Self-attention: `(batch, seq, MODEL)` to `(batch, seq, KEY)`.
    pub fn attend<T: Tape<E, D>>(
        &self,
        x: Sequences<Const<MODEL>, E, D, T>,
        mask: Option<&Tensor<(usize, usize), E, D>>,
    ) -> Sequences<Const<KEY>, E, D, T> {
        let key = self.key.forward(x.retaped::<T>());
        let value = self.value.forward(x.retaped::<T>());
        attention(self.query.forward(x), key, value, mask)
    }
}
// ANCHOR_END: head

parameters!(Head<const MODEL, KEY> { query, key, value });

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::prelude::{BuildModule, Cpu, TensorFromVec, ZerosTensor};

    #[test]
    fn a_head_attends_with_its_own_projections() {
        let dev = Cpu::seed_from_u64(3);
        let head = Head::<4, 2, f64, Cpu>::build(&dev);
        let values = tensors::seeds::normal(&mut tensors::seeds::generator(0), 24, 1.0);
        let x = dev.tensor_from_vec(values.into_iter().map(f64::from).collect(), (2, 3, Const::<4>));
        let (q, k, v) =
            (head.query.forward(x.clone()), head.key.forward(x.clone()), head.value.forward(x.clone()));
        assert_eq!(head.attend(x, None).as_vec(), attention(q, k, v, None).as_vec());
    }

    #[test]
    fn equal_positions_get_the_mean_of_the_values() {
        // All keys alike: every score is the same, so attention is the plain mean.
        let dev = Cpu::seed_from_u64(3);
        let head = Head::<4, 2, f64, Cpu>::build(&dev);
        let x = dev.zeros_like(&(1, 5, Const::<4>)) + 0.7;
        let one = head.value.forward(x.clone()).as_vec();
        for (a, b) in head.attend(x, None).as_vec().iter().zip(one) {
            assert!((a - b).abs() < 1e-12);
        }
    }
}
