//! How a layer shows its parameters to whatever walks over them.
//!
//! Filling, counting, saving, adding two models, one step of an optimiser: each is a walk over all
//! tensors of a model. dfdx asks every layer for the list of its fields, by the trait
//! [`TensorCollection`](dfdx::prelude::TensorCollection). Such a list says nothing that the
//! struct does not say, so [`parameters!`](crate::parameters) writes it.

// ANCHOR: macro
/// Writes the list of a layer's fields that dfdx asks for.
///
/// A field that is itself a layer is named; for a field that is a tensor, say how it starts. The
/// order is that of the walk: seeds draw, and files are written, in this order.
///
/// ```
/// use deep_networks::{Linear, parameters};
/// use dfdx::prelude::*;
///
/// #[derive(Debug, Clone)]
/// struct Scaled<In: ConstDim, Out: ConstDim, E: Dtype, D: Storage<E>> {
///     linear: Linear<In, Out, E, D>,
///     gain: Tensor<(Out,), E, D>,
/// }
/// parameters!(Scaled<In: ConstDim, Out: ConstDim> { linear, gain: TensorOptions::reset_to_ones() });
///
/// let layer = Scaled::<Const<3>, Const<2>, f32, Cpu>::build(&Cpu::default());
/// assert_eq!(layer.num_trainable_params(), 3 * 2 + 2 + 2);
/// assert_eq!(layer.gain.as_vec(), [1.0, 1.0]);
/// ```
///
/// A field behind a semicolon is no parameter but a size that no tensor has: the number of heads, for
/// example. Sizes that are numbers stand behind one `const`: `parameters!(Gate<const IN, HIDDEN> { … });`. The
/// last two parameters of every layer, the type of its numbers and their device, are not named. Layers
/// that can be exchanged stand behind these two, and here behind a semicolon:
/// `parameters!(Stack<Model: ConstDim; Layer> { … });`.
#[macro_export]
macro_rules! parameters {
    ($layer:ident<const $($size:ident),+> { $($fields:tt)+ }) => {
        $crate::parameters!(@impl $layer [$(const $size: usize),+] [$($size),+] { $($fields)+ });
    };
    ($layer:ident<$($size:ident: $bound:path),+> { $($fields:tt)+ }) => {
        $crate::parameters!(@impl $layer [$($size: $bound),+] [$($size),+] { $($fields)+ });
    };
    ($layer:ident<$($size:ident: $bound:path),+; $($part:ident),+> { $($fields:tt)+ }) => {
        $crate::parameters!(@impl $layer [$($size: $bound),+] [$($size),+] { $($fields)+ } $($part)+);
    };
    (@impl $layer:ident [$($declared:tt)+] [$($size:ident),+] {
        $($field:ident $(: $start:expr)?),+ $(,)? $(; $size_field:ident)?
    } $($part:ident)*) => {
        impl<
            $($declared)+,
            E: ::tensors::Real,
            D: ::dfdx::prelude::Device<E>,
            $($part: ::dfdx::prelude::TensorCollection<E, D>,)*
        > ::dfdx::prelude::TensorCollection<E, D> for $layer<$($size,)+ E, D, $($part,)*>
        {
            /// The same layer of other numbers, or on another device.
            type To<E2: ::dfdx::prelude::Dtype, D2: ::dfdx::prelude::Device<E2>> =
                $layer<$($size,)+ E2, D2, $($part::To<E2, D2>,)*>;

            fn iter_tensors<V: ::dfdx::prelude::ModuleVisitor<Self, E, D>>(
                visitor: &mut V,
            ) -> Result<Option<Self::To<V::E2, V::D2>>, V::Err> {
                visitor.visit_fields(
                    ($($crate::parameters!(@field $field $($start)?),)+), // each with its name
                    |($($field,)+)| $layer { $($field,)+ $($size_field: Default::default())? }, // put together again
                )
            }
        }
    };
    (@field $field:ident) => {
        Self::module(stringify!($field), |s| &s.$field, |s| &mut s.$field)
    };
    (@field $field:ident $start:expr) => {
        Self::tensor(stringify!($field), |s| &s.$field, |s| &mut s.$field, $start)
    };
}
// ANCHOR_END: macro
