//! A walk over parameters by their names, as plain numbers.

use deep_networks::numbers;
use dfdx::prelude::{
    Device, RecursiveWalker, Shape, Tensor, TensorCollection, TensorOptions, TensorVisitor, ViewTensorMut,
    ViewTensorName,
};
use tensors::Real;

struct Each<F>(F);

impl<E: Real, D: Device<E>, F: FnMut(&str, &mut Vec<E>)> TensorVisitor<E, D> for Each<F> {
    type Viewer = (ViewTensorMut, ViewTensorName);
    type Err = D::Err;
    type E2 = E;
    type D2 = D;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, E, D>,
        (tensor, name): (&mut Tensor<S, E, D>, String),
    ) -> Result<Option<Tensor<S, E, D>>, D::Err> {
        let mut all = numbers(tensor);
        (self.0)(&name, &mut all);
        tensor.copy_from(&all);
        Ok(None)
    }
}

/// Shows `change` every tensor of `collection`: its name, and its numbers, which it may change.
pub(crate) fn each<E: Real, D: Device<E>, M: TensorCollection<E, D>>(
    collection: &mut M,
    change: impl FnMut(&str, &mut Vec<E>),
) {
    M::iter_tensors(&mut RecursiveWalker { m: (collection, String::new()), f: &mut Each(change) })
        .expect("copying into existing tensors needs no memory");
}
