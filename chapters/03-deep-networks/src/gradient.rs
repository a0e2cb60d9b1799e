//! Gradients as models: the same type, the same shapes, one number for each parameter.

use crate::optimiser::numbers;
use dfdx::prelude::{
    Device, Gradients, HasShape, RecursiveWalker, Shape, Tensor, TensorCollection, TensorOptions,
    TensorVisitor, ViewTensorMut, ViewTensorName, ViewTensorRef,
};
use tensors::{Real, widest};

/// Takes the gradient of every parameter out of what a backward pass returned.
struct Collect<'a, E: Real, D: Device<E>>(&'a mut Gradients<E, D>);

impl<E: Real, D: Device<E>> TensorVisitor<E, D> for Collect<'_, E, D> {
    type Viewer = ViewTensorRef;
    type Err = D::Err;
    type E2 = E;
    type D2 = D;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, E, D>,
        parameter: &Tensor<S, E, D>,
    ) -> Result<Option<Tensor<S, E, D>>, D::Err> {
        // A parameter that the loss does not depend on has no gradient yet: it gets zeros.
        self.0.get_or_alloc_mut(parameter)?;
        Ok(Some(self.0.get(parameter)))
    }
}

/// The gradient of a loss with respect to every parameter of `model`, as a model.
///
/// # Panics
/// When the device has no memory left.
pub fn gradient_of<E, D, M>(model: &M, gradients: &mut Gradients<E, D>) -> M
where
    E: Real,
    D: Device<E>,
    M: TensorCollection<E, D, To<E, D> = M>,
{
    M::iter_tensors(&mut RecursiveWalker { m: model, f: &mut Collect(gradients) })
        .expect("the device has memory for a gradient")
        .expect("the visitor returns a tensor for every parameter")
}

/// The name and the numbers of each parameter.
struct ByName<E>(Vec<(String, Vec<E>)>);

impl<E: Real, D: Device<E>> TensorVisitor<E, D> for ByName<E> {
    type Viewer = (ViewTensorRef, ViewTensorName);
    type Err = D::Err;
    type E2 = E;
    type D2 = D;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, E, D>,
        (parameter, name): (&Tensor<S, E, D>, String),
    ) -> Result<Option<Tensor<S, E, D>>, D::Err> {
        self.0.push((name, parameter.as_vec()));
        Ok(None)
    }
}

/// The numbers of every parameter of `model`, or of a gradient, by its name: a field's name, after
/// those of the layers that hold it. They come in the order of [`parameters!`](crate::parameters).
pub fn by_name<E: Real, D: Device<E>, M: TensorCollection<E, D>>(model: &M) -> Vec<(String, Vec<E>)> {
    let mut found = ByName(Vec::new());
    M::iter_tensors(&mut RecursiveWalker { m: (model, String::new()), f: &mut found })
        .expect("reading needs no memory of the device");
    found.0
}

/// `into ← a · into + b · from`, parameter by parameter.
struct Axpy {
    a: f64,
    b: f64,
}

impl<E: Real, D: Device<E>> TensorVisitor<E, D> for Axpy {
    type Viewer = (ViewTensorMut, ViewTensorRef);
    type Err = D::Err;
    type E2 = E;
    type D2 = D;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, E, D>,
        (into, from): (&mut Tensor<S, E, D>, &Tensor<S, E, D>),
    ) -> Result<Option<Tensor<S, E, D>>, D::Err> {
        into.try_axpy(self.a, from, self.b)?;
        Ok(None)
    }
}

/// `into ← a · into + b · from` for every parameter: the weighted sum of the gradients of two parts
/// of a batch.
///
/// # Panics
/// When the device fails.
pub fn add<E: Real, D: Device<E>, M: TensorCollection<E, D>>(into: &mut M, a: f64, from: &M, b: f64) {
    M::iter_tensors(&mut RecursiveWalker { m: (into, from), f: &mut Axpy { a, b } })
        .expect("adding in place needs no memory");
}

struct SquaredNorm<E> {
    sum: f64,
    numbers: Vec<E>,
}

/// Σ x², in double precision and in sixteen lanes: one sum after another would wait for the one
/// before.
#[inline(always)] // so that it is compiled for the widest instructions
#[allow(clippy::inline_always)]
pub fn squares<E: Real>(numbers: &[E]) -> f64 {
    let mut lanes = [0.0; 16];
    for chunk in numbers.chunks(lanes.len()) {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            let x = x.to_f64().expect("a float");
            *lane += x * x;
        }
    }
    lanes.iter().sum()
}

impl<E: Real, D: Device<E>> TensorVisitor<E, D> for SquaredNorm<E> {
    type Viewer = ViewTensorRef;
    type Err = D::Err;
    type E2 = E;
    type D2 = D;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, E, D>,
        gradient: &Tensor<S, E, D>,
    ) -> Result<Option<Tensor<S, E, D>>, D::Err> {
        self.numbers.resize(gradient.shape().num_elements(), E::default());
        gradient.copy_into(&mut self.numbers);
        self.sum += widest!(squares(&self.numbers));
        Ok(None)
    }
}

/// The length of the gradient as one long vector: √ Σ g².
///
/// # Panics
/// When the device has no memory left.
pub fn global_norm<E: Real, D: Device<E>, M: TensorCollection<E, D>>(gradient: &M) -> f64 {
    let mut norm = SquaredNorm { sum: 0.0, numbers: Vec::<E>::new() };
    M::iter_tensors(&mut RecursiveWalker { m: gradient, f: &mut norm })
        .expect("the device has memory for a sum");
    norm.sum.sqrt()
}

struct Scale(f64);

impl<E: Real, D: Device<E>> TensorVisitor<E, D> for Scale {
    type Viewer = ViewTensorMut;
    type Err = D::Err;
    type E2 = E;
    type D2 = D;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, E, D>,
        gradient: &mut Tensor<S, E, D>,
    ) -> Result<Option<Tensor<S, E, D>>, D::Err> {
        let (mut scaled, factor) = (numbers(gradient), E::of(self.0));
        for x in &mut scaled {
            *x *= factor;
        }
        gradient.copy_from(&scaled);
        Ok(None)
    }
}

// ANCHOR: clip
/// Shortens the gradient to length `limit` if it is longer, keeping its direction (Pascanu et al.
/// 2013). Returns the length before.
///
/// # Panics
/// When the device has no memory left.
pub fn clip_global_norm<E: Real, D: Device<E>, M: TensorCollection<E, D>>(
    gradient: &mut M,
    limit: f64,
) -> f64 {
    let norm = global_norm(gradient);
    if norm > limit {
        M::iter_tensors(&mut RecursiveWalker { m: gradient, f: &mut Scale(limit / norm) })
            .expect("the device has memory for one parameter");
    }
    norm
}
// ANCHOR_END: clip

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::nn::modules::Linear;
    use dfdx::prelude::{
        Backward, BuildModule, Cpu, Module, Rank0, Rank1, Rank2, SumTo, TensorFrom, Trace,
    };

    type Layer = Linear<2, 3, f64, Cpu>;

    fn gradient(layer: &Layer, x: [f64; 2]) -> Layer {
        let dev = Cpu::default();
        let input: Tensor<Rank1<2>, f64, _> = dev.tensor(x);
        let mut grads = layer.forward(input.leaky_trace()).square().sum::<Rank0, _>().backward();
        gradient_of(layer, &mut grads)
    }

    #[test]
    fn the_gradient_has_the_shapes_and_values_of_the_derivative() {
        // loss = Σ (Wx + b)², so ∂/∂b = 2 (Wx + b) and ∂/∂W = 2 (Wx + b) xᵀ.
        let layer = Layer::build(&Cpu::seed_from_u64(1));
        let x = [0.5, -2.0];
        let gradient = gradient(&layer, x);
        let y: Tensor<Rank1<3>, f64, Cpu> = layer.forward(Cpu::default().tensor(x));
        let weight: Tensor<Rank2<3, 2>, f64, Cpu> = gradient.weight;
        for (row, y) in y.as_vec().into_iter().enumerate() {
            assert!((gradient.bias.as_vec()[row] - 2.0 * y).abs() < 1e-12);
            for (col, x) in x.into_iter().enumerate() {
                assert!((weight.as_vec()[row * 2 + col] - 2.0 * y * x).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn clipping_keeps_the_direction_and_leaves_short_gradients_alone() {
        let layer = Layer::build(&Cpu::seed_from_u64(1));
        let whole = gradient(&layer, [3.0, 4.0]);
        let norm = global_norm(&whole);
        let mut clipped = whole.clone();
        assert_eq!(clip_global_norm(&mut clipped, norm / 4.0), norm);
        assert!((global_norm(&clipped) - norm / 4.0).abs() < 1e-12);
        for (a, b) in whole.bias.as_vec().iter().zip(clipped.bias.as_vec()) {
            assert!((a / 4.0 - b).abs() < 1e-12);
        }
        let before = clipped.weight.as_vec();
        clip_global_norm(&mut clipped, norm);
        assert_eq!(clipped.weight.as_vec(), before);
    }

    #[test]
    fn the_gradient_of_a_sum_is_the_sum_of_the_gradients() {
        let layer = Layer::build(&Cpu::seed_from_u64(2));
        let mut sum = gradient(&layer, [1.0, 2.0]);
        add(&mut sum, 2.0, &gradient(&layer, [-3.0, 0.5]), 0.5);
        let (a, b) = (gradient(&layer, [1.0, 2.0]), gradient(&layer, [-3.0, 0.5]));
        let expected = a.bias * 2.0 + b.bias * 0.5;
        assert_eq!(sum.bias.as_vec(), expected.as_vec());
    }
}
