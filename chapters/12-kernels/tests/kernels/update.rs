//! The optimiser's step in two passes against the composite: gradients summed, clipped and followed
//! one after the other.

use crate::{Case, Think, distance, parameters};
use deep_networks::{Optimiser, Rule};
use dfdx::prelude::{
    BuildModule, Cpu, CpuError, Gradients, RecursiveWalker, Shape, Storage, Tensor, TensorCollection,
    TensorOptions, TensorVisitor, ViewTensorRef, ZeroGrads,
};
use kernels::Kernels;
use std::ops::DerefMut;
use tensors::Real;

const CASE: Case = Case { batch: 1, seq: 1, zeroed: 0.0, seed: 21 };
const SHAPES: [(usize, usize); 6] = [(1, 7), (1, 7), (19, 7), (1, 19), (7, 19), (1, 7)];

/// Writes gradients for every tensor of a module.
struct Write<'a, E: Real>(&'a mut Gradients<E, Cpu>, std::vec::IntoIter<Vec<f64>>)
where
    Cpu: Kernels<E>;

impl<E: Real> TensorVisitor<E, Cpu> for Write<'_, E>
where
    Cpu: Kernels<E> + Storage<E, Vec: DerefMut<Target = Vec<E>>>,
{
    type Viewer = ViewTensorRef;
    type Err = CpuError;
    type E2 = E;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, E, Cpu>,
        parameter: &Tensor<S, E, Cpu>,
    ) -> Result<Option<Tensor<S, E, Cpu>>, CpuError> {
        let numbers = self.1.next().expect("numbers for every tensor");
        **self.0.get_or_alloc_mut(parameter)? = crate::case::narrow(&numbers);
        Ok(None)
    }
}

/// Every number of the model after some steps against the same gradients, in `parts` parts.
fn walked<E: Real>(rule: Rule, parts: u64) -> Vec<f64>
where
    Cpu: Kernels<E> + Storage<E, Vec: DerefMut<Target = Vec<E>>>,
{
    let mut model: Think<7, 19, E> = BuildModule::build(&Cpu::default());
    crate::case::fill(&mut model, &parameters(&CASE, &SHAPES));
    let mut optimiser = Optimiser::new(rule, &Cpu::default());
    let mut gradients: Vec<Gradients<E, Cpu>> = (0..parts).map(|_| model.alloc_grads()).collect();
    for step in 0..10 {
        for (part, gradients) in (0..).zip(&mut gradients) {
            let case = Case { seed: 100 * step + part, ..CASE };
            // Long gradients, which are clipped, and short ones, which are not.
            let size = if step % 2 == 0 { 3.0 } else { 1e-3 };
            let numbers: Vec<_> = parameters(&case, &SHAPES)
                .into_iter()
                .map(|list| list.into_iter().map(|x| size * x).collect())
                .collect();
            let mut write = Write(gradients, numbers.into_iter());
            Think::<7, 19, E>::iter_tensors(&mut RecursiveWalker { m: &model, f: &mut write }).unwrap();
        }
        Cpu::update(&mut optimiser, &mut model, &mut gradients, 1.0, 0.02);
    }
    assert_eq!(optimiser.step, 10);
    crate::case::all_numbers(&model)
}

#[test]
fn the_optimiser_walks_as_the_composite_does() {
    let adamw = Rule::AdamW { betas: [0.9, 0.99], weight_decay: 0.1 };
    for rule in [adamw, Rule::Sgd, Rule::Momentum { beta: 0.9 }] {
        for parts in [1, 3] {
            let (ours, theirs) = (walked::<f32>(rule, parts), walked::<f64>(rule, parts));
            // Ten steps, each rounded to f32; AdamW divides gradients of 1e-3 by their own size.
            let distance = distance(&ours, &theirs);
            assert!(distance < 1e-5, "{rule:?} in {parts} parts: {distance:e}");
        }
    }
}
