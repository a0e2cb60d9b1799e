//! The weights of a model, rounded, and what they weigh.

use crate::rounding::Format;
use deep_networks::numbers;
use dfdx::prelude::{
    Cpu, CpuError, HasShape, RecursiveWalker, Shape, Tensor, TensorCollection, TensorOptions,
    TensorVisitor, ViewTensorMut, ViewTensorRef,
};

/// Rounds every number of `model`. Integers are for matrices, row by row: biases and gains stay in f32.
pub fn round<M: TensorCollection<f32, Cpu>>(model: &mut M, format: Format) {
    if format != Format::F32 {
        let mut round = Round(format);
        M::iter_tensors(&mut RecursiveWalker { m: model, f: &mut round }).expect("no memory is asked for");
    }
}

struct Round(Format);

impl TensorVisitor<f32, Cpu> for Round {
    type Viewer = ViewTensorMut;
    type Err = CpuError;
    type E2 = f32;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, Cpu>,
        parameter: &mut Tensor<S, f32, Cpu>,
    ) -> Result<Option<Tensor<S, f32, Cpu>>, CpuError> {
        let sizes: Vec<usize> = parameter.shape().concrete().into_iter().collect();
        let mut rounded = numbers(parameter);
        match (self.0, &sizes[..]) {
            (Format::Rows(_), [_]) => return Ok(None),
            (format, sizes) => format.round(&mut rounded, sizes.last().copied().unwrap_or(1)),
        }
        parameter.copy_from(&rounded);
        Ok(None)
    }
}

/// Bytes of all numbers of `model` in this format.
pub fn bytes<M: TensorCollection<f32, Cpu>>(model: &M, format: Format) -> usize {
    let mut count = Bytes(format, 0);
    M::iter_tensors(&mut RecursiveWalker { m: model, f: &mut count }).expect("no memory is asked for");
    count.1
}

struct Bytes(Format, usize);

impl TensorVisitor<f32, Cpu> for Bytes {
    type Viewer = ViewTensorRef;
    type Err = CpuError;
    type E2 = f32;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, Cpu>,
        parameter: &Tensor<S, f32, Cpu>,
    ) -> Result<Option<Tensor<S, f32, Cpu>>, CpuError> {
        let sizes: Vec<usize> = parameter.shape().concrete().into_iter().collect();
        self.1 += match (self.0, &sizes[..]) {
            (Format::Rows(_), &[count]) => Format::F32.bytes(1, count),
            (format, sizes) => {
                let row = sizes.last().copied().unwrap_or(1);
                format.bytes(sizes.iter().product::<usize>() / row, row)
            }
        };
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounding::{Float, round_row};
    use deep_networks::by_name;
    use dfdx::prelude::BuildModule;
    use gpt::Gpt;
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;
    use kernels::Shape as Sized;

    type Model = Gpt<Tiny>;

    fn model() -> Model {
        let mut model = Model::build(&Cpu::default());
        initialise(&mut model, 4);
        model
    }

    #[test]
    fn every_number_of_a_model_is_rounded_by_itself() {
        let mut rounded = model();
        round(&mut rounded, Format::Float(Float::BF16));
        let mut moved = 0;
        for ((_, before), (_, after)) in by_name(&model()).iter().zip(by_name(&rounded)) {
            for (x, y) in before.iter().zip(after) {
                assert_eq!(Float::BF16.round(*x), y);
                moved += usize::from(*x != y);
            }
        }
        assert!(moved > 20_000, "of 35,712 numbers nearly all but gains and biases move: {moved}");
    }

    #[test]
    fn integers_are_for_matrices_and_each_row_has_its_own_scale() {
        let (before, mut rounded) = (model(), model());
        // A row a hundred times as large as the others must not spoil them.
        let mut table = numbers(&rounded.tokens.weight);
        table[..32].iter_mut().for_each(|x| *x *= 100.0);
        rounded.tokens.weight.copy_from(&table);
        round(&mut rounded, Format::Rows(8));
        assert_eq!(before.norm.gain.as_vec(), rounded.norm.gain.as_vec());
        for (i, (row, before)) in
            numbers(&rounded.tokens.weight).chunks(32).zip(table.chunks(32)).enumerate()
        {
            let mut expected = before.to_vec();
            round_row(&mut expected, 8);
            assert_eq!(row, expected, "row {i}");
        }
        // Matrices have a byte a number and 4 a row; vectors (two norms and six biases a block, a last
        // norm) stay.
        let vectors: usize = 2 * (4 * 32 + 4 * 32 + 128 + 32) + 2 * 32;
        let rows = 256 + 64 + 2 * (4 * 32 + 128 + 32);
        let matrices = Sized::of::<Tiny>().total() - vectors;
        assert_eq!(bytes(&before, Format::Rows(8)), matrices + 4 * (rows + vectors));
        assert_eq!(bytes(&before, Format::F32), 4 * 35_712);
    }
}
