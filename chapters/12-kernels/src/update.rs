//! A step of the optimiser in two passes: the first adds the gradients of a batch's parts and
//! measures the sum, the second clips it and moves every parameter. In both the threads share the
//! parameters out among them.
//!
//! ‖g‖ = √ Σ g² over all parameters together, so no parameter can move before every gradient is
//! known: it takes two passes. What the formula of a [`Rule`](deep_networks::Rule) reads and writes
//! is then in the cache, one parameter at a time.
//!
//! On one thread that gains little: 0.3 of the 33.4 ms to which the other kernels bring the step
//! that the page measures (`measured.json`). What it is for is the threads: with the batch shared
//! out among two, a step of the optimiser that only one of them makes would keep the other waiting.

use crate::buffer::Buffer;
use crate::lanes::add_to;
use deep_networks::{Mover, Optimiser};
use dfdx::prelude::{
    Cpu, CpuError, Gradients, RecursiveWalker, Shape, Tensor, TensorCollection, TensorOptions,
    TensorVisitor, ViewTensorMut, ZerosTensor,
};
use rayon::prelude::*;
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
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
    optimiser.step += 1;
    let mut take = Take { gradients, taken: Vec::new(), placeholders: HashMap::new() };
    walk(model, optimiser, &mut take);
    let mut taken = take.taken;
    both_passes(&mut taken, Mover { rule: optimiser.rule, step: optimiser.step, rate }, clip);
    walk(model, optimiser, &mut GiveBack { gradients, taken: taken.into_iter() });
}

/// The two passes, compiled once and not for every model.
fn both_passes(parameters: &mut [Box<dyn Parameter>], mover: Mover, clip: f64) {
    // A sum for each parameter, added in their order: the same bytes whichever thread was faster.
    let squares: Vec<f64> = parameters.par_iter_mut().map(|parameter| sum(parameter.parts())).collect();
    let norm = squares.into_iter().sum::<f64>().sqrt();
    let scale = if norm > clip { (clip / norm) as f32 } else { 1.0 };
    parameters.par_iter_mut().for_each(|parameter| {
        let gradient = &mut parameter.parts()[0];
        widest!({
            for g in gradient.iter_mut() {
                *g *= scale;
            }
        });
        parameter.step(mover);
    });
}

/// Adds the parts' gradients into the first: Σ g² of the sum.
fn sum(parts: &mut [Vec<f32>]) -> f64 {
    let (sum, others) = parts.split_first_mut().expect("a batch has at least one part");
    for part in others {
        widest!(add_to(sum, part));
    }
    widest!(deep_networks::squares(sum))
}
// ANCHOR_END: update

fn walk<M, V>(model: &mut M, optimiser: &mut Optimiser<M>, visitor: &mut V)
where
    M: TensorCollection<f32, Cpu>,
    V: TensorVisitor<f32, Cpu, Viewer = Views, Err = CpuError, E2 = f32, D2 = Cpu>,
{
    let views = (model, (&mut optimiser.moment1, &mut optimiser.moment2));
    M::iter_tensors(&mut RecursiveWalker { m: views, f: visitor }).expect("memory for a gradient");
}

/// θ, m and v.
type Views = (ViewTensorMut, (ViewTensorMut, ViewTensorMut));
type Theirs<'a, S> =
    (&'a mut Tensor<S, f32, Cpu>, (&'a mut Tensor<S, f32, Cpu>, &'a mut Tensor<S, f32, Cpu>));

/// A parameter that was taken out of its model, so that any thread may work on it.
struct Taken<S: Shape> {
    /// θ, m and v.
    tensors: [Tensor<S, f32, Cpu>; 3],
    /// Its gradients, one of each part of the batch.
    parts: Vec<Vec<f32>>,
}

/// The same, whatever its shape.
trait Parameter: Send {
    /// Its gradients, one of each part of the batch.
    fn parts(&mut self) -> &mut [Vec<f32>];

    /// Moves the parameter against the first of its gradients.
    fn step(&mut self, mover: Mover);

    /// To get back at its shape.
    fn as_any(&mut self) -> &mut dyn Any;
}

impl<S: Shape> Parameter for Taken<S> {
    fn parts(&mut self) -> &mut [Vec<f32>] {
        &mut self.parts
    }

    fn step(&mut self, mover: Mover) {
        let gradient = &self.parts[0];
        let mut scratch: [Buffer; 3] = std::array::from_fn(|_| Buffer::any(gradient.len()));
        mover.step(self.tensors.each_mut(), scratch.each_mut().map(|numbers| &mut numbers[..]), gradient);
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

struct Take<'a> {
    gradients: &'a mut [Slopes],
    taken: Vec<Box<dyn Parameter>>,
    /// What stands in a parameter's place meanwhile: one tensor for each shape.
    placeholders: HashMap<TypeId, Box<dyn Any>>,
}

impl TensorVisitor<f32, Cpu> for Take<'_> {
    type Viewer = Views;
    type Err = CpuError;
    type E2 = f32;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, Cpu>,
        (theta, (m, v)): Theirs<'_, S>,
    ) -> Result<Option<Tensor<S, f32, Cpu>>, CpuError> {
        let mut parts = Vec::new();
        for part in &mut *self.gradients {
            parts.push(std::mem::take(&mut **part.get_or_alloc_mut(theta)?));
        }
        let placeholder = match self.placeholders.entry(TypeId::of::<S>()) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let zeros: Tensor<S, f32, Cpu> = theta.device().try_zeros_like(&*theta)?;
                entry.insert(Box::new(zeros))
            }
        };
        let placeholder: &Tensor<S, f32, Cpu> = placeholder.downcast_ref().expect("a tensor of this shape");
        let tensors = [theta, m, v].map(|tensor| std::mem::replace(tensor, placeholder.clone()));
        self.taken.push(Box::new(Taken { tensors, parts }));
        Ok(None)
    }
}

struct GiveBack<'a> {
    gradients: &'a mut [Slopes],
    taken: std::vec::IntoIter<Box<dyn Parameter>>,
}

impl TensorVisitor<f32, Cpu> for GiveBack<'_> {
    type Viewer = Views;
    type Err = CpuError;
    type E2 = f32;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, Cpu>,
        (theta, (m, v)): Theirs<'_, S>,
    ) -> Result<Option<Tensor<S, f32, Cpu>>, CpuError> {
        let mut taken = self.taken.next().expect("as many as were taken");
        let Taken { tensors, parts } =
            taken.as_any().downcast_mut::<Taken<S>>().expect("given back in the order of taking");
        for (tensor, taken) in [&mut *theta, m, v].into_iter().zip(tensors) {
            std::mem::swap(tensor, taken);
        }
        for (gradients, part) in self.gradients.iter_mut().zip(parts) {
            **gradients.get_or_alloc_mut(theta)? = std::mem::take(part);
        }
        Ok(None)
    }
}
