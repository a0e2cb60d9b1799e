//! The judge of `rms_norm`.

#[cfg_attr(feature = "exercises", path = "../../exercises/rms_norm.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/rms_norm.rs")]
mod answer;
#[path = "../../exercises/wrong/rms_norm-constant-scale.rs"]
mod constant_scale;
#[path = "../../exercises/wrong/rms_norm-gain-forgotten-backwards.rs"]
mod gain_forgotten_backwards;
#[path = "../../exercises/wrong/rms_norm-no-gain-slope.rs"]
mod no_gain_slope;
#[path = "../../exercises/wrong/rms_norm-size-eight.rs"]
mod size_eight;
#[path = "../../exercises/wrong/rms_norm-without-epsilon.rs"]
mod without_epsilon;

use crate::same::same;
use dfdx::prelude::{Backward, BuildModule, Const, Cpu, Rank0, SumTo, TensorFromVec, Trace};
use tensors::seeds;
use transformer::RmsNorm;

type Forward = fn(&[f32], &[f32]) -> Vec<f32>;
type BackwardPass = fn(&[f32], &[f32], &[f32]) -> (Vec<f32>, Vec<f32>);

/// Compares with chapter 11's composite, on random numbers of about the size `scale`.
fn compare<const SIZE: usize>(forward: Forward, backward: BackwardPass, scale: f32) {
    let numbers = |seed, scale| seeds::normal(&mut seeds::generator(seed), SIZE, scale);
    let seed = SIZE as u64;
    let (x, gain, dy) = (numbers(seed, scale), numbers(seed + 1, 1.0), numbers(seed + 2, 1.0));
    let dev = Cpu::default();
    let mut norm: RmsNorm<Const<SIZE>, f32, Cpu> = BuildModule::build(&dev);
    norm.gain.copy_from(&gain);
    let input = dev.tensor_from_vec(x.clone(), (1, 1, Const::<SIZE>));
    let y = norm.norm(input.leaky_trace());
    let of =
        |what: &str| format!("{SIZE} numbers of about the size {scale}: {what} of chapter 11's composite");
    same(&of("y"), &forward(&x, &gain), &y.as_vec(), 1e-5);
    let weights = dev.tensor_from_vec(dy.clone(), (1, 1, Const::<SIZE>));
    let gradients = (y * weights).sum::<Rank0, _>().backward();
    let (dx, dgain) = backward(&x, &gain, &dy);
    // dx is as large as 1 / scale.
    same(&of("dx"), &dx, &gradients.get(&input).as_vec(), 1e-5 / f64::from(scale));
    same(&of("dgain"), &dgain, &gradients.get(&norm.gain).as_vec(), 1e-5);
}

fn judge(forward: Forward, backward: BackwardPass) {
    compare::<8>(forward, backward, 1.0);
    compare::<5>(forward, backward, 1.0);
    // Where the mean of x² is no larger than ε, ε matters.
    compare::<6>(forward, backward, 0.003);
}

#[test]
fn rms_norm() {
    judge(answer::forward, answer::backward);
}

#[test]
#[should_panic(expected = "5 numbers of about the size 1: y of chapter 11's composite: number 0 is")]
fn size_eight() {
    judge(size_eight::forward, size_eight::backward);
}

#[test]
#[should_panic(expected = "8 numbers of about the size 1: dx of chapter 11's composite: number 0 is")]
fn constant_scale() {
    judge(constant_scale::forward, constant_scale::backward);
}

#[test]
#[should_panic(expected = "of chapter 11's composite: number")]
fn without_epsilon() {
    judge(without_epsilon::forward, without_epsilon::backward);
}

#[test]
#[should_panic(expected = "8 numbers of about the size 1: dx of chapter 11's composite: number 0 is")]
fn gain_forgotten_backwards() {
    judge(gain_forgotten_backwards::forward, gain_forgotten_backwards::backward);
}

#[test]
#[should_panic(expected = "dgain of chapter 11's composite: 8 numbers are expected, 0 came")]
fn no_gain_slope() {
    judge(no_gain_slope::forward, no_gain_slope::backward);
}
