//! A model as one long list of numbers: how it travels to another machine, and how a part of it is
//! named that ends in the middle of a matrix.

use dfdx::prelude::{
    Device, HasShape, RecursiveWalker, Shape, Tensor, TensorCollection, TensorOptions, TensorVisitor,
    ViewTensorMut, ViewTensorRef,
};

struct Append(Vec<f32>);

impl<D: Device<f32>> TensorVisitor<f32, D> for Append {
    type Viewer = ViewTensorRef;
    type Err = D::Err;
    type E2 = f32;
    type D2 = D;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, D>,
        tensor: &Tensor<S, f32, D>,
    ) -> Result<Option<Tensor<S, f32, D>>, D::Err> {
        let begin = self.0.len();
        self.0.resize(begin + tensor.shape().num_elements(), 0.0);
        tensor.copy_into(&mut self.0[begin..]);
        Ok(None)
    }
}

struct Fill<'a>(&'a [f32]);

impl<D: Device<f32>> TensorVisitor<f32, D> for Fill<'_> {
    type Viewer = ViewTensorMut;
    type Err = D::Err;
    type E2 = f32;
    type D2 = D;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, D>,
        tensor: &mut Tensor<S, f32, D>,
    ) -> Result<Option<Tensor<S, f32, D>>, D::Err> {
        let (numbers, rest) = self.0.split_at(tensor.shape().num_elements());
        tensor.copy_from(numbers);
        self.0 = rest;
        Ok(None)
    }
}

/// The numbers of every parameter of `model`, or of a gradient, in the order of
/// [`parameters!`](deep_networks::parameters).
pub fn flat<M: TensorCollection<f32, D>, D: Device<f32>>(model: &M) -> Vec<f32> {
    let mut append = Append(Vec::new());
    M::iter_tensors(&mut RecursiveWalker { m: model, f: &mut append })
        .expect("reading needs no memory of the device");
    append.0
}

/// Gives `model` the numbers that [`flat`] took of it.
///
/// # Panics
/// When they are not as many as it has.
pub fn fill<M: TensorCollection<f32, D>, D: Device<f32>>(model: &mut M, numbers: &[f32]) {
    let mut fill = Fill(numbers);
    M::iter_tensors(&mut RecursiveWalker { m: model, f: &mut fill })
        .expect("copying into existing tensors needs no memory");
    assert!(fill.0.is_empty(), "{} numbers are too many", fill.0.len());
}

/// Where each parameter begins and ends in the list, and whether it is a matrix.
pub fn layout<M: TensorCollection<f32, D>, D: Device<f32>>(model: &M) -> Vec<Place> {
    let mut places = Places(Vec::new());
    M::iter_tensors(&mut RecursiveWalker { m: model, f: &mut places })
        .expect("counting needs no memory of the device");
    places.0
}

/// A parameter's place in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// From its first number to behind its last.
    pub numbers: std::ops::Range<usize>,
    /// Whether weight decay acts on it.
    pub is_matrix: bool,
}

struct Places(Vec<Place>);

impl<D: Device<f32>> TensorVisitor<f32, D> for Places {
    type Viewer = ViewTensorRef;
    type Err = D::Err;
    type E2 = f32;
    type D2 = D;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, D>,
        tensor: &Tensor<S, f32, D>,
    ) -> Result<Option<Tensor<S, f32, D>>, D::Err> {
        let begin = self.0.last().map_or(0, |place| place.numbers.end);
        let end = begin + tensor.shape().num_elements();
        self.0.push(Place { numbers: begin..end, is_matrix: S::NUM_DIMS >= 2 });
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gpt;
    use crate::initialise::initialise;
    use crate::sizes::Tiny;
    use deep_networks::by_name;
    use dfdx::prelude::{BuildModule, Cpu};

    #[test]
    fn a_model_becomes_a_list_in_the_order_of_its_names_and_a_model_again() {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        initialise(&mut model, 3);
        let named = by_name(&model);
        let numbers = flat(&model);
        assert_eq!(numbers, named.iter().flat_map(|(_, numbers)| numbers.clone()).collect::<Vec<_>>());
        for (place, (name, of_name)) in layout(&model).iter().zip(&named) {
            assert_eq!(&numbers[place.numbers.clone()], of_name, "{name}");
            // Biases and gains are vectors; all else is a matrix.
            let is_vector = name.ends_with("bias") || name.ends_with("gain");
            assert_eq!(place.is_matrix, !is_vector, "{name}");
        }
        let mut other = Gpt::<Tiny>::build(&Cpu::default());
        fill(&mut other, &numbers);
        assert_eq!(by_name(&other), named);
    }
}
