//! Weights rounded to few bits after training: does what was learned survive?

use dfdx::prelude::{
    Cpu, CpuError, HasShape, RecursiveWalker, Shape, Tensor, TensorOptions, TensorVisitor, ViewTensorMut,
};
use gpt::Whole;

/// Rounds each row of a matrix to whole multiples of its own scale, max |w| / (2^(bits − 1) − 1).
struct Round {
    bits: u32,
}

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
        // Gains and biases, few numbers of unlike size, stay as they are.
        if S::NUM_DIMS > 1 {
            let width = parameter.shape().concrete().into_iter().last().unwrap_or(1);
            let mut numbers = parameter.as_vec();
            numbers.chunks_exact_mut(width).for_each(|row| round(row, self.bits));
            parameter.copy_from(&numbers);
        }
        Ok(None)
    }
}

fn round(row: &mut [f32], bits: u32) {
    let largest = row.iter().fold(0.0_f32, |largest, w| largest.max(w.abs()));
    if largest > 0.0 {
        let scale = largest / ((1_u32 << (bits - 1)) - 1) as f32;
        for w in row {
            *w = (*w / scale).round() * scale;
        }
    }
}

/// The same model with its matrices rounded to so many bits, one scale a row.
pub fn rounded<M: Whole<Cpu>>(model: &M, bits: u32) -> M {
    let mut model = model.clone();
    M::iter_tensors(&mut RecursiveWalker { m: &mut model, f: &mut Round { bits } })
        .expect("rounding needs no memory of the device");
    model
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_so_many_values_and_is_off_by_half_a_step() {
        for (bits, levels) in [(8, 255), (4, 15)] {
            let old: Vec<f32> = (0..1000).map(|i| ((i * 37 % 1000) as f32 - 400.0) / 600.0).collect();
            let mut new = old.clone();
            round(&mut new, bits);
            let step = 599.0 / 600.0 / ((levels - 1) / 2) as f32;
            assert!(old.iter().zip(&new).all(|(a, b)| (a - b).abs() <= 0.5001 * step));
            let mut values: Vec<u32> = new.iter().map(|w| w.to_bits()).collect();
            values.sort_unstable();
            values.dedup();
            assert!(values.len() <= levels && values.len() > levels / 2, "{}", values.len());
        }
    }
}
