//! Five ways to follow a gradient, each as a rule for plain numbers.
//!
//! θ is a parameter, g its gradient, t the step (counted from 1), lr the learning rate; m and v are
//! what the rule remembers of this parameter, 0 at first. β, λ and ε are named where they appear.

use dfdx::prelude::{
    BuildModule, Device, HasShape, RecursiveWalker, Shape, Tensor, TensorCollection, TensorOptions,
    TensorVisitor, ViewTensorMut, ViewTensorRef,
};
use tensors::{Real, widest};

// ANCHOR: rules
/// How a parameter moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    /// Stochastic gradient descent: θ ← θ − lr · g.
    Sgd,
    /// With momentum, m ← β m + g, θ ← θ − lr · m: a ball that keeps rolling.
    Momentum {
        /// The share of its speed that the ball keeps.
        beta: f64,
    },
    /// v ← β v + (1 − β) g², θ ← θ − lr · g / (√v + ε): each parameter at its own scale
    /// (Tieleman & Hinton 2012).
    RmsProp {
        /// The share of v that is kept.
        beta: f64,
    },
    /// Momentum and scale together (Kingma & Ba 2015): m ← β₁ m + (1 − β₁) g, v ← β₂
    /// v + (1 − β₂) g², θ ← θ − lr · m̂ / (√v̂ + ε), where m̂ = m / (1 − β₁ᵗ) and
    /// v̂ = v / (1 − β₂ᵗ) make up for the start at 0.
    Adam {
        /// β₁ and β₂.
        betas: [f64; 2],
    },
    /// Adam, and each matrix shrinks by itself (Loshchilov & Hutter 2019): θ ← θ − lr · λ θ comes
    /// first. Biases and norms' gains, which are vectors, do not grow by being many and are left
    /// free.
    AdamW {
        /// β₁ and β₂.
        betas: [f64; 2],
        /// λ: the share of each weight taken away per unit of learning rate.
        weight_decay: f64,
    },
}

// ANCHOR_END: rules

/// ε: keeps the division finite where a gradient has always been 0.
pub const EPSILON: f64 = 1e-8;

/// What a rule needs for one parameter, number by number.
#[derive(Debug)]
pub struct Parameter<'a, E> {
    /// The numbers to move.
    pub theta: &'a mut [E],
    /// The rule's memory: m and v.
    pub memory: [&'a mut [E]; 2],
    /// The gradient.
    pub gradient: &'a [E],
    /// Whether weight decay acts on it.
    pub is_matrix: bool,
}

impl Rule {
    /// Step `t` of one parameter at the learning rate `rate`.
    #[inline(always)] // so that its loops are compiled for the widest instructions of the machine
    #[allow(clippy::inline_always)]
    pub fn update<E: Real>(&self, t: usize, rate: f64, parameter: Parameter<'_, E>) {
        let Parameter { theta, memory: [m, v], gradient, is_matrix } = parameter;
        let (lr, one, epsilon) = (E::of(rate), E::one(), E::of(EPSILON));
        let all = theta.iter_mut().zip(m).zip(v).zip(gradient);
        let (betas, decay) = match *self {
            Self::Sgd => {
                return all.for_each(|(((theta, _), _), g)| *theta -= lr * *g);
            }
            Self::Momentum { beta } => {
                return all.for_each(|(((theta, m), _), g)| {
                    *m = E::of(beta) * *m + *g;
                    *theta -= lr * *m;
                });
            }
            Self::RmsProp { beta } => {
                return all.for_each(|(((theta, _), v), g)| {
                    *v = E::of(beta) * *v + E::of(1.0 - beta) * *g * *g;
                    *theta -= lr * *g / (v.sqrt() + epsilon);
                });
            }
            Self::Adam { betas } => (betas, 0.0),
            Self::AdamW { betas, weight_decay } => (betas, if is_matrix { weight_decay } else { 0.0 }),
        };
        let t = i32::try_from(t).unwrap_or(i32::MAX);
        let [correction1, correction2] = betas.map(|beta| E::of(1.0 - beta.powi(t)));
        let ([beta1, beta2], decay) = (betas.map(E::of), E::of(decay));
        for (((theta, m), v), &g) in all {
            *m = beta1 * *m + (one - beta1) * g;
            *v = beta2 * *v + (one - beta2) * g * g;
            let direction = (*m / correction1) / ((*v / correction2).sqrt() + epsilon);
            *theta -= lr * (decay * *theta + direction);
        }
    }
}

/// A rule and its memory: two numbers for each of the model's, in the shapes of the model.
#[derive(Debug, Clone)]
pub struct Optimiser<M> {
    /// How it moves.
    pub rule: Rule,
    /// Steps taken.
    pub step: usize,
    /// m of every parameter.
    pub moment1: M,
    /// v of every parameter.
    pub moment2: M,
}

/// The numbers of a parameter, or of another tensor whose numbers lie in order, on the host: one pass over
/// plain numbers is faster than a tensor operation for every sign of a formula.
pub fn numbers<S: Shape, E: Real, D: Device<E>>(tensor: &Tensor<S, E, D>) -> Vec<E> {
    let mut numbers = vec![E::default(); tensor.shape().num_elements()];
    tensor.copy_into(&mut numbers);
    numbers
}

/// A step of a rule on tensors: reads a parameter and its memory as plain numbers, moves them and
/// writes them back.
#[derive(Debug, Clone, Copy)]
pub struct Mover {
    /// How to move.
    pub rule: Rule,
    /// The step, counted from 1.
    pub step: usize,
    /// The learning rate.
    pub rate: f64,
}

impl Mover {
    /// Moves a parameter θ and its memory, m and v, against its gradient. `scratch` has room for
    /// the numbers of each.
    pub fn step<E: Real, S: Shape, D: Device<E>>(
        self,
        tensors: [&mut Tensor<S, E, D>; 3],
        mut scratch: [&mut [E]; 3],
        gradient: &[E],
    ) {
        for (numbers, tensor) in scratch.iter_mut().zip(&tensors) {
            tensor.copy_into(numbers);
        }
        let [theta, m, v] = &mut scratch;
        self.numbers(Parameter { theta, memory: [m, v], gradient, is_matrix: S::NUM_DIMS >= 2 });
        for (tensor, numbers) in tensors.into_iter().zip(scratch) {
            tensor.copy_from(numbers);
        }
    }

    /// The same on plain numbers. Here are the loops, compiled once and not for every shape.
    pub fn numbers<E: Real>(self, parameter: Parameter<'_, E>) {
        widest!(self.rule.update(self.step, self.rate, parameter));
    }
}

/// Moves every parameter of a model.
struct Update<E> {
    mover: Mover,
    /// θ, m, v and g of the parameter in hand: memory that the next parameter uses again.
    numbers: [Vec<E>; 4],
}

impl<E: Real, D: Device<E>> TensorVisitor<E, D> for Update<E> {
    type Viewer = (ViewTensorMut, (ViewTensorMut, ViewTensorMut), ViewTensorRef);
    type Err = D::Err;
    type E2 = E;
    type D2 = D;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, E, D>,
        (theta, (m, v), gradient): (
            &mut Tensor<S, E, D>,
            (&mut Tensor<S, E, D>, &mut Tensor<S, E, D>),
            &Tensor<S, E, D>,
        ),
    ) -> Result<Option<Tensor<S, E, D>>, D::Err> {
        for numbers in &mut self.numbers {
            numbers.resize(gradient.shape().num_elements(), E::default());
        }
        let [scratch @ .., slopes] = self.numbers.each_mut().map(|numbers| &mut numbers[..]);
        gradient.copy_into(slopes);
        self.mover.step([theta, m, v], scratch, slopes);
        Ok(None)
    }
}

impl<M> Optimiser<M> {
    /// An optimiser that remembers nothing yet.
    pub fn new<E: Real, D: Device<E>>(rule: Rule, device: &D) -> Self
    where
        M: BuildModule<D, E>,
    {
        let zeros = || {
            let mut model = M::build(device);
            M::iter_tensors(&mut RecursiveWalker { m: &mut model, f: &mut Zero })
                .expect("filling needs no memory");
            model
        };
        Self { rule, step: 0, moment1: zeros(), moment2: zeros() }
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
        let mover = Mover { rule: self.rule, step: self.step, rate };
        let mut update: Update<E> = Update { mover, numbers: [const { Vec::new() }; 4] };
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
    use dfdx::optim::{Adam, Momentum, Optimizer, Sgd, SgdConfig};
    use dfdx::prelude::{AdamConfig, Backward, Cpu, Module, Rank0, Rank1, SumTo, TensorFrom, Trace};

    type Layer = Linear<3, 2, f64, Cpu>;

    fn gradients(layer: &Layer, step: usize) -> dfdx::prelude::Gradients<f64, Cpu> {
        let x: Tensor<Rank1<3>, f64, _> = Cpu::default().tensor([1.0, -0.5 * (step % 5) as f64, 0.1]);
        layer.forward(x.leaky_trace()).square().sum::<Rank0, _>().backward()
    }

    /// Walks 100 steps by `rule` and by dfdx's optimiser and compares every weight.
    fn walks_as(rule: Rule, mut library: impl Optimizer<Layer, Cpu, f64>) {
        let mut ours = Layer::build(&Cpu::seed_from_u64(4));
        let mut theirs = ours.clone();
        let mut optimiser = Optimiser::<Layer>::new(rule, &Cpu::default());
        for step in 0..100 {
            let gradient = crate::gradient_of(&ours, &mut gradients(&ours, step));
            optimiser.update(&mut ours, &gradient, 0.01);
            let gradient = gradients(&theirs, step);
            library.update(&mut theirs, &gradient).expect("every parameter has a gradient");
        }
        for (a, b) in ours.weight.as_vec().iter().zip(theirs.weight.as_vec()) {
            // dfdx keeps some hyper-parameters in f32: 1e-6 relative after 100 steps.
            assert!((a - b).abs() < 1e-6 * b.abs().max(1.0), "{rule:?}: {a} {b}");
        }
    }

    #[test]
    fn they_walk_as_dfdx_does() {
        let model = Layer::build(&Cpu::seed_from_u64(4));
        let sgd = |momentum| Sgd::new(&model, SgdConfig { lr: 0.01, momentum, weight_decay: None });
        walks_as(Rule::Sgd, sgd(None));
        walks_as(Rule::Momentum { beta: 0.9 }, sgd(Some(Momentum::Classic(0.9))));
        let adam = AdamConfig { lr: 0.01, betas: [0.9, 0.99], eps: EPSILON, weight_decay: None };
        walks_as(Rule::Adam { betas: [0.9, 0.99] }, Adam::new(&model, adam));
        // dfdx's RMSProp is another one: its mean square starts at 1, and its ε stands inside the
        // root. Ours is PyTorch's (tests/pytorch.rs).
    }

    #[test]
    fn decay_acts_on_matrices_alone() {
        let mut layer = Layer::build(&Cpu::seed_from_u64(4));
        let before = layer.clone();
        let rule = Rule::AdamW { betas: [0.9, 0.99], weight_decay: 0.5 };
        let mut optimiser = Optimiser::<Layer>::new(rule, &Cpu::default());
        let zero = optimiser.moment1.clone();
        optimiser.update(&mut layer, &zero, 0.1);
        assert_eq!(layer.bias.as_vec(), before.bias.as_vec());
        for (after, before) in layer.weight.as_vec().iter().zip(before.weight.as_vec()) {
            assert!((after - 0.95 * before).abs() < 1e-12);
        }
    }
}
