//! Learned absolute positions: row t of a table is added to the vector at position t (Gehring et
//! al. 2017; Radford et al. 2019).

use dfdx::prelude::{
    Const, Device, Dtype, GatherTo, HasShape, ModuleVisitor, PutTape, Rank2, SplitTape, Storage, Tape,
    Tensor, TensorCollection, TensorFromVec, TensorOptions,
};
use tensors::Real;

/// One learned vector of size `MODEL` for each of `CONTEXT` positions.
#[derive(Debug, Clone)]
pub struct LearnedPositions<const CONTEXT: usize, const MODEL: usize, E: Dtype, D: Storage<E>> {
    /// Row t belongs to position t.
    pub table: Tensor<Rank2<CONTEXT, MODEL>, E, D>,
}

impl<const CONTEXT: usize, const MODEL: usize, E: Real, D: Device<E>>
    LearnedPositions<CONTEXT, MODEL, E, D>
{
    // ANCHOR: add
    /// Adds to each position of `x`, of shape `(batch, seq, MODEL)`, its vector: the same for every
    /// sequence of the batch.
    ///
    /// # Panics
    /// When `seq` is more than `CONTEXT`: there is no vector for such a position, and none was
    /// learned.
    pub fn add<T: Tape<E, D>>(
        &self,
        x: Tensor<(usize, usize, Const<MODEL>), E, D, T>,
    ) -> Tensor<(usize, usize, Const<MODEL>), E, D, T> {
        let (batch, seq, _) = *x.shape();
        assert!(seq <= CONTEXT, "{seq} positions, but only {CONTEXT} were learned: shorten the text");
        let (x, tape) = x.split_tape();
        let positions: Vec<usize> = (0..batch).flat_map(|_| 0..seq).collect();
        let positions = TensorFromVec::<usize>::tensor_from_vec(x.device(), positions, (batch, seq));
        self.table.clone().put_tape(tape).gather(positions) + x
    }
    // ANCHOR_END: add
}

impl<const CONTEXT: usize, const MODEL: usize, E: Real, D: Device<E>> TensorCollection<E, D>
    for LearnedPositions<CONTEXT, MODEL, E, D>
{
    type To<E2: Dtype, D2: Device<E2>> = LearnedPositions<CONTEXT, MODEL, E2, D2>;

    fn iter_tensors<V: ModuleVisitor<Self, E, D>>(
        visitor: &mut V,
    ) -> Result<Option<Self::To<V::E2, V::D2>>, V::Err> {
        visitor.visit_fields(
            Self::tensor("table", |s| &s.table, |s| &mut s.table, TensorOptions::reset_to_zeros()),
            |table| LearnedPositions { table },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backprop::gradient_check::worst_error;
    use dfdx::prelude::{Cpu, NoneTape, Rank0, SumTo, TensorFromVec};
    use tensors::seeds;

    fn random(count: usize, seed: u64) -> Vec<f64> {
        seeds::normal(&mut seeds::generator(seed), count, 1.0).into_iter().map(f64::from).collect()
    }

    fn positions() -> LearnedPositions<5, 2, f64, Cpu> {
        LearnedPositions { table: Cpu::default().tensor_from_vec(random(10, 1), (Const, Const)) }
    }

    #[test]
    fn each_position_gets_its_row_in_every_sequence() {
        let x: Tensor<_, f64, Cpu, NoneTape> =
            Cpu::default().tensor_from_vec(random(12, 2), (2, 3, Const::<2>));
        let (y, x, table) = (positions().add(x.clone()).as_vec(), x.as_vec(), random(10, 1));
        for i in 0..12 {
            assert_eq!(y[i], x[i] + table[i % 6]);
        }
    }

    #[test]
    fn gradients_equal_central_differences() {
        let x = Cpu::default().tensor_from_vec(random(12, 2), (2, 3, Const::<2>));
        let error = worst_error(&positions().table, |table| {
            let (table, tape) = table.split_tape();
            let layer = LearnedPositions::<5, 2, f64, Cpu> { table };
            layer.add(x.clone().put_tape(tape)).square().sum::<Rank0, _>()
        });
        assert!(error < 1e-9, "{error}");
    }

    #[test]
    #[should_panic(expected = "6 positions, but only 5 were learned")]
    fn more_positions_than_were_learned_are_refused() {
        let x: Tensor<_, f64, Cpu, NoneTape> =
            Cpu::default().tensor_from_vec(random(12, 2), (1, 6, Const::<2>));
        positions().add(x);
    }
}
