//! The gradients of a model, rounded.

use crate::rounding::Format;
use dfdx::prelude::{
    Cpu, CpuError, Gradients, RecursiveWalker, Shape, Tensor, TensorCollection, TensorOptions,
    TensorVisitor, ViewTensorMut,
};

/// Rounds the gradient of every parameter of `model`, `scale` times as large as it is, and divides it
/// again: what is left of it when the loss was multiplied by `scale` and the gradient kept in this
/// format.
pub fn round_gradients<M: TensorCollection<f32, Cpu>>(
    model: &mut M,
    gradients: &mut Gradients<f32, Cpu>,
    format: Format,
    scale: f32,
) {
    if format != Format::F32 {
        each_gradient(model, gradients, |slopes| {
            for slope in slopes.iter_mut() {
                *slope *= scale;
            }
            format.round(slopes, slopes.len());
            for slope in slopes.iter_mut() {
                *slope /= scale;
            }
        });
    }
}

/// Lets `change` at the gradient of every parameter of `model`, one after the other.
pub fn each_gradient<M: TensorCollection<f32, Cpu>>(
    model: &mut M,
    gradients: &mut Gradients<f32, Cpu>,
    change: impl FnMut(&mut [f32]),
) {
    let mut each = EachGradient { gradients, change };
    M::iter_tensors(&mut RecursiveWalker { m: model, f: &mut each }).expect("no memory is asked for");
}

struct EachGradient<'a, F> {
    gradients: &'a mut Gradients<f32, Cpu>,
    change: F,
}

impl<F: FnMut(&mut [f32])> TensorVisitor<f32, Cpu> for EachGradient<'_, F> {
    type Viewer = ViewTensorMut;
    type Err = CpuError;
    type E2 = f32;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, Cpu>,
        parameter: &mut Tensor<S, f32, Cpu>,
    ) -> Result<Option<Tensor<S, f32, Cpu>>, CpuError> {
        (self.change)(self.gradients.get_or_alloc_mut(parameter)?);
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rounding::Float;
    use dfdx::prelude::BuildModule;
    use gpt::Gpt;
    use gpt::sizes::Tiny;

    #[test]
    fn a_scale_saves_slopes_that_f16_flushes_to_zero() {
        let (mut model, f16) = (Gpt::<Tiny>::build(&Cpu::default()), Format::Float(Float::F16));
        let mut left = |scale: f32| {
            let mut gradients = Gradients::leaky();
            gradients.get_or_alloc_mut(&model.norm.gain).unwrap().fill(1.23e-8);
            round_gradients(&mut model, &mut gradients, f16, scale);
            gradients.get(&model.norm.gain).as_vec()[7]
        };
        assert_eq!(left(1.0), 0.0, "below half of f16's smallest number, 2^-24 / 2 = 3e-8");
        // Among the normal numbers of f16 half a step is 2^-11 of a number at most.
        assert!((left(65_536.0) / 1.23e-8 - 1.0).abs() < 2_f32.powi(-11));
    }
}
