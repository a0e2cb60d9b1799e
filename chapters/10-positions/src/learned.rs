//! Learned absolute positions: row t of a table is added to the vector at position t (Gehring et
//! al. 2017; Radford et al. 2019).

use deep_networks::parameters;
use dfdx::prelude::{
    ConstDim, Device, Dtype, GatherTo, HasShape, PutTape, SplitTape, Storage, Tape, Tensor, TensorFromVec,
    TensorOptions,
};
use tensors::Real;

/// One learned vector of size `Model` for each of `Context` positions.
#[derive(Debug, Clone)]
pub struct LearnedPositions<Context: ConstDim, Model: ConstDim, E: Dtype, D: Storage<E>> {
    /// Row t belongs to position t.
    pub table: Tensor<(Context, Model), E, D>,
}

impl<Context: ConstDim, Model: ConstDim, E: Real, D: Device<E>> LearnedPositions<Context, Model, E, D> {
    // ANCHOR: add
    /// Adds to each position of `x`, of shape `(batch, seq, Model)`, its vector: the same for every
    /// sequence of the batch.
    ///
    /// # Panics
    /// When `seq` is more than `Context`: there is no vector for such a position, and none was
    /// learned.
    pub fn add<T: Tape<E, D>>(
        &self,
        x: Tensor<(usize, usize, Model), E, D, T>,
    ) -> Tensor<(usize, usize, Model), E, D, T> {
        let (batch, seq, _) = *x.shape();
        self.add_at(x, (0..batch).flat_map(|_| 0..seq).collect())
    }

    /// The same for rows that stand at these `places`, sequence after sequence: a text that goes on does
    /// not begin at 0.
    ///
    /// # Panics
    /// When a place is not smaller than `Context`.
    pub fn add_at<T: Tape<E, D>>(
        &self,
        x: Tensor<(usize, usize, Model), E, D, T>,
        places: Vec<usize>,
    ) -> Tensor<(usize, usize, Model), E, D, T> {
        let (batch, seq, _) = *x.shape();
        let end = places.iter().max().map_or(0, |last| last + 1);
        assert!(
            end <= Context::SIZE,
            "{end} positions, but only {} were learned: shorten the text",
            Context::SIZE
        );
        let (x, tape) = x.split_tape();
        let places = TensorFromVec::<usize>::tensor_from_vec(x.device(), places, (batch, seq));
        self.table.clone().put_tape(tape).gather(places) + x
    }
    // ANCHOR_END: add
}

parameters!(LearnedPositions<Context: ConstDim, Model: ConstDim> { table: TensorOptions::reset_to_zeros() });

#[cfg(test)]
mod tests {
    use super::*;
    use backprop::gradient_check::worst_error;
    use dfdx::prelude::{Const, Cpu, NoneTape, Rank0, SumTo, TensorFromVec};
    use tensors::seeds;

    fn random(count: usize, seed: u64) -> Vec<f64> {
        seeds::normal(&mut seeds::generator(seed), count, 1.0).into_iter().map(f64::from).collect()
    }

    fn positions() -> LearnedPositions<Const<5>, Const<2>, f64, Cpu> {
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
            let layer = LearnedPositions::<Const<5>, Const<2>, f64, Cpu> { table };
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
