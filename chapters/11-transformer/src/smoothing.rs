//! Label smoothing (Szegedy et al. 2016): the target is not certain, but gets 1 − ε, and all
//! classes share ε.

use dfdx::prelude::{
    Axis, ConstDim, Device, HasShape, MeanTo, Rank0, SelectTo, Tape, Tensor, TensorFromVec,
};
use tensors::Real;

// ANCHOR: smoothing
/// The mean over rows of −(1 − ε) ln p(target) − ε · (mean over all classes of ln p), in nats. With
/// ε = 0 it is the cross-entropy. A model that puts everything on the target is punished for having
/// left nothing to the rest.
///
/// # Panics
/// When there is not one target for each row, or a target is not smaller than `Classes`.
pub fn smoothed_cross_entropy<Classes: ConstDim, E: Real, D: Device<E>, T: Tape<E, D>>(
    logits: Tensor<(usize, Classes), E, D, T>,
    targets: &[usize],
    epsilon: f64,
) -> Tensor<Rank0, E, D, T> {
    assert_eq!(logits.shape().0, targets.len(), "one target for each row of logits");
    let device = logits.device().clone();
    let targets = TensorFromVec::<usize>::tensor_from_vec(&device, targets.to_vec(), (targets.len(),));
    let log_p = logits.log_softmax::<Axis<1>>();
    let of_all = log_p.retaped::<T>().mean::<Rank0, _>();
    let of_targets = log_p.select(targets).mean::<Rank0, _>();
    of_targets * E::of(epsilon - 1.0) - of_all * E::of(epsilon)
}
// ANCHOR_END: smoothing

#[cfg(test)]
mod tests {
    use super::*;
    use backprop::gradient_check::{Traced, worst_error};
    use deep_networks::cross_entropy;
    use dfdx::prelude::{AsArray, Const, Cpu};

    fn logits() -> Tensor<(usize, Const<3>), f64, Cpu> {
        Cpu::default().tensor_from_vec(vec![2.0, -1.0, 0.5, 0.0, 3.0, -2.0], (2, Const::<3>))
    }

    #[test]
    fn without_smoothing_it_is_the_cross_entropy_and_with_it_the_average_of_two() {
        let own = |epsilon| smoothed_cross_entropy(logits(), &[0, 2], epsilon).array();
        let exact = |targets: &[usize; 2]| cross_entropy(logits(), targets).array();
        assert!((own(0.0) - exact(&[0, 2])).abs() < 1e-12);
        let of_all = (exact(&[0, 0]) + exact(&[1, 1]) + exact(&[2, 2])) / 3.0;
        assert!((own(0.1) - (0.9 * exact(&[0, 2]) + 0.1 * of_all)).abs() < 1e-12);
    }

    #[test]
    fn gradients_equal_central_differences() {
        let error =
            worst_error(&logits(), |x: Traced<(usize, Const<3>)>| smoothed_cross_entropy(x, &[0, 2], 0.1));
        assert!(error < 1e-8, "{error}");
    }
}
