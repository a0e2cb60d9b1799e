//! The numbers that the models compute with.

use dfdx::prelude::Dtype;

/// A floating-point type that tensors can hold and layers can be initialised with: `f32` to train,
/// `f64` to check gradients.
///
/// It gives one name to the three bounds that drawing the weights of a layer asks for, and writes
/// constants in either type.
pub trait Real: Dtype + num_traits::Float + rand_distr::uniform::SampleUniform {
    /// `value`, rounded to this type.
    ///
    /// ```
    /// use tensors::Real;
    /// assert_eq!(f32::of(0.1), 0.1_f32);
    /// ```
    fn of(value: f64) -> Self {
        Self::from_f64(value).expect("every float type has a nearest number for an f64")
    }
}

impl<E: Dtype + num_traits::Float + rand_distr::uniform::SampleUniform> Real for E {}
