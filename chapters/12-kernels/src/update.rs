//! A step of the optimiser in two passes: the first adds the gradients of a batch's parts and measures the sum, the second clips it and moves
//! every parameter.
//!
//! ‖g‖ = √ Σ g² over all parameters together, so no parameter can move before every gradient is known: it takes two passes. What the
//! formula of a [`Rule`] reads and writes is then in the cache, one parameter at a time.

use crate::lanes::add_to;
use deep_networks::{Mover, Optimiser};
use dfdx::prelude::{
    Cpu, CpuError, Gradients, RecursiveWalker, Shape, Tensor, TensorCollection, TensorOptions, TensorVisitor,
    ViewTensorMut, ViewTensorRef,
};
use tensors::widest;

type Slopes = Gradients<f32, Cpu>;

// ANCHOR: update
pub(crate) fn update<M: TensorCollection<f32, Cpu>>(
    optimiser: &mut Optimiser<M>,
    model: &mut M,
    gradients: &mut [Slopes],
    clip: f64,
    rate: f64,
) {
    let (first, others) = gradients.split_first_mut().expect("a batch has at least one part");
    let mut sum = Sum { first, others, squares: 0.0 };
    M::iter_tensors(&mut RecursiveWalker { m: &*model, f: &mut sum }).expect("memory for a gradient");
    let norm = sum.squares.sqrt();

    optimiser.step += 1;
    let mut update = Update {
        mover: Mover::new(optimiser.rule, optimiser.step, rate),
        scale: if norm > clip { (clip / norm) as f32 } else { 1.0 },
        gradient: first,
    };
    let views = (model, (&mut optimiser.moment1, &mut optimiser.moment2));
    M::iter_tensors(&mut RecursiveWalker { m: views, f: &mut update }).expect("memory for a step");
}
// ANCHOR_END: update

/// Adds the parts' gradients into the first and gathers Σ g².
struct Sum<'a> {
    first: &'a mut Slopes,
    others: &'a mut [Slopes],
    squares: f64,
}

impl TensorVisitor<f32, Cpu> for Sum<'_> {
    type Viewer = ViewTensorRef;
    type Err = CpuError;
    type E2 = f32;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, Cpu>,
        parameter: &Tensor<S, f32, Cpu>,
    ) -> Result<Option<Tensor<S, f32, Cpu>>, CpuError> {
        let sum = &mut **self.first.get_or_alloc_mut(parameter)?;
        for part in &mut *self.others {
            let part = &**part.get_or_alloc_mut(parameter)?;
            widest!(add_to(sum, part));
        }
        self.squares += widest!(deep_networks::squares(sum));
        Ok(None)
    }
}

/// Clips a gradient and moves its parameter.
struct Update<'a> {
    mover: Mover<f32>,
    scale: f32,
    gradient: &'a mut Slopes,
}

impl TensorVisitor<f32, Cpu> for Update<'_> {
    type Viewer = (ViewTensorMut, (ViewTensorMut, ViewTensorMut));
    type Err = CpuError;
    type E2 = f32;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, Cpu>,
        (theta, (m, v)): (&mut Tensor<S, f32, Cpu>, (&mut Tensor<S, f32, Cpu>, &mut Tensor<S, f32, Cpu>)),
    ) -> Result<Option<Tensor<S, f32, Cpu>>, CpuError> {
        let gradient = &mut **self.gradient.get_or_alloc_mut(theta)?;
        widest!({
            for g in gradient.iter_mut() {
                *g *= self.scale;
            }
        });
        self.mover.step([theta, m, v], gradient);
        Ok(None)
    }
}
