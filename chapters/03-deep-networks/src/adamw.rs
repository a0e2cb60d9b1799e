//! AdamW: steps of equal size for every parameter, whatever the scale of its gradient, and decay apart from it.
//!
//! With the gradient g of a parameter θ at step t (counted from 1), AdamW (Loshchilov & Hutter 2019, algorithm 2) keeps two running means,
//!
//! m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,
//!
//! corrects them for having started at 0, and moves the parameter by
//!
//! θ ← θ − lr · λ θ − lr · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε).

use dfdx::prelude::{
    BuildModule, Device, HasShape, RecursiveWalker, Shape, Tensor, TensorCollection, TensorOptions,
    TensorVisitor, ViewTensorMut, ViewTensorRef,
};
use tensors::Real;

/// How AdamW moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdamWConfig {
    /// How much of each running mean is kept: β₁ for the gradient, β₂ for its square.
    pub betas: [f64; 2],
    /// Keeps the division finite where a gradient has always been 0.
    pub epsilon: f64,
    /// λ: the share of each weight taken away per unit of learning rate. It acts on matrices alone; biases and norms' gains, which
    /// are vectors, do not grow by being many and are left free.
    pub weight_decay: f64,
}

impl Default for AdamWConfig {
    fn default() -> Self {
        Self { betas: [0.9, 0.99], epsilon: 1e-8, weight_decay: 0.1 }
    }
}

/// The optimiser and its memory: two running means in the shapes of the model.
#[derive(Debug, Clone)]
pub struct AdamW<M> {
    /// How it moves.
    pub config: AdamWConfig,
    /// Steps taken.
    pub step: usize,
    /// m, the mean of the gradient.
    pub moment1: M,
    /// v, the mean of its square.
    pub moment2: M,
}

/// The numbers of a parameter, on the host: one pass over plain numbers is faster than a tensor operation for every sign of the formula.
fn numbers<S: Shape, E: Real, D: Device<E>>(tensor: &Tensor<S, E, D>) -> Vec<E> {
    let mut numbers = vec![E::default(); tensor.shape().num_elements()];
    tensor.copy_into(&mut numbers);
    numbers
}

struct Update<'a> {
    config: &'a AdamWConfig,
    step: usize,
    rate: f64,
}

impl<E: Real, D: Device<E>> TensorVisitor<E, D> for Update<'_> {
    type Viewer = (ViewTensorMut, (ViewTensorMut, ViewTensorMut), ViewTensorRef);
    type Err = D::Err;
    type E2 = E;
    type D2 = D;

    // ANCHOR: update
    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, E, D>,
        (theta, (m, v), g): (
            &mut Tensor<S, E, D>,
            (&mut Tensor<S, E, D>, &mut Tensor<S, E, D>),
            &Tensor<S, E, D>,
        ),
    ) -> Result<Option<Tensor<S, E, D>>, D::Err> {
        let [beta1, beta2] = self.config.betas.map(E::of);
        let step = i32::try_from(self.step).unwrap_or(i32::MAX);
        let [correction1, correction2] = self.config.betas.map(|beta| E::of(1.0 - beta.powi(step)));
        let decay = if S::NUM_DIMS >= 2 { self.config.weight_decay } else { 0.0 };
        let (rate, decay, epsilon) = (E::of(self.rate), E::of(decay), E::of(self.config.epsilon));
        let (one, gradient) = (E::one(), numbers(g));
        let [mut means, mut squares, mut weights] = [&*m, &*v, &*theta].map(numbers);
        for (((theta, m), v), g) in weights.iter_mut().zip(&mut means).zip(&mut squares).zip(gradient) {
            *m = beta1 * *m + (one - beta1) * g;
            *v = beta2 * *v + (one - beta2) * g * g;
            let direction = (*m / correction1) / ((*v / correction2).sqrt() + epsilon);
            *theta = *theta - rate * (decay * *theta + direction);
        }
        m.copy_from(&means);
        v.copy_from(&squares);
        theta.copy_from(&weights);
        Ok(None)
    }
    // ANCHOR_END: update
}

impl<M> AdamW<M> {
    /// An optimiser that has seen nothing: both means are 0.
    pub fn new<E: Real, D: Device<E>>(config: AdamWConfig, device: &D) -> Self
    where
        M: BuildModule<D, E>,
    {
        let zeros = || {
            let mut model = M::build(device);
            M::iter_tensors(&mut RecursiveWalker { m: &mut model, f: &mut Zero })
                .expect("filling needs no memory");
            model
        };
        Self { config, step: 0, moment1: zeros(), moment2: zeros() }
    }

    /// One step of `model` against `gradient` with learning rate `rate`.
    ///
    /// # Panics
    /// When the device has no memory left.
    pub fn update<E: Real, D: Device<E>>(&mut self, model: &mut M, gradient: &M, rate: f64)
    where
        M: TensorCollection<E, D>,
    {
        self.step += 1;
        let mut update = Update { config: &self.config, step: self.step, rate };
        let views = (model, (&mut self.moment1, &mut self.moment2), gradient);
        M::iter_tensors(&mut RecursiveWalker { m: views, f: &mut update })
            .expect("the device has memory for a step");
    }
}

struct Zero;

impl<E: Real, D: Device<E>> TensorVisitor<E, D> for Zero {
    type Viewer = ViewTensorMut;
    type Err = D::Err;
    type E2 = E;
    type D2 = D;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, E, D>,
        t: &mut Tensor<S, E, D>,
    ) -> Result<Option<Tensor<S, E, D>>, D::Err> {
        t.try_fill_with_zeros()?;
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dfdx::nn::modules::Linear;
    use dfdx::optim::{Adam, Optimizer};
    use dfdx::prelude::{AdamConfig, Backward, Cpu, Module, Rank0, Rank1, SumTo, TensorFrom, Trace};

    type Layer = Linear<3, 2, f64, Cpu>;

    fn gradients(layer: &Layer, step: usize) -> dfdx::prelude::Gradients<f64, Cpu> {
        let x: Tensor<Rank1<3>, f64, _> = Cpu::default().tensor([1.0, -0.5 * step as f64, 0.1]);
        layer.forward(x.leaky_trace()).square().sum::<Rank0, _>().backward()
    }

    #[test]
    fn without_decay_it_walks_as_dfdx_adam() {
        let config = AdamWConfig { weight_decay: 0.0, ..AdamWConfig::default() };
        let mut ours = Layer::build(&Cpu::seed_from_u64(4));
        let mut theirs = ours.clone();
        let mut optimiser = AdamW::<Layer>::new(config, &Cpu::default());
        let mut library =
            Adam::new(&theirs, AdamConfig { lr: 0.01, betas: config.betas, eps: 1e-8, weight_decay: None });
        for step in 0..100 {
            let gradient = crate::gradient_of(&ours, &mut gradients(&ours, step));
            optimiser.update(&mut ours, &gradient, 0.01);
            let gradient = gradients(&theirs, step);
            library.update(&mut theirs, &gradient).expect("every parameter has a gradient");
        }
        for (a, b) in ours.weight.as_vec().iter().zip(theirs.weight.as_vec()) {
            // dfdx keeps its hyper-parameters in f32 precision here and there: 1e-6 relative after 100 steps.
            assert!((a - b).abs() < 1e-6 * b.abs().max(1.0), "{a} {b}");
        }
    }

    #[test]
    fn decay_acts_on_matrices_alone() {
        let mut layer = Layer::build(&Cpu::seed_from_u64(4));
        let before = layer.clone();
        let mut optimiser =
            AdamW::<Layer>::new(AdamWConfig { weight_decay: 0.5, ..AdamWConfig::default() }, &Cpu::default());
        let zero = optimiser.moment1.clone();
        optimiser.update(&mut layer, &zero, 0.1);
        assert_eq!(layer.bias.as_vec(), before.bias.as_vec());
        for (after, before) in layer.weight.as_vec().iter().zip(before.weight.as_vec()) {
            assert!((after - 0.95 * before).abs() < 1e-12);
        }
    }
}
