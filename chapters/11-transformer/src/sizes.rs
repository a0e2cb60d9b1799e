//! The sizes of a model as one type.
//!
//! A model has seven sizes, and most of its layers need two or three of them. [`Sizes`] gives them
//! names, so that `Block<S>` and `Gpt<S>` take one parameter where they would take four and seven.
//! In code that is written for any `S` each size is a type of its own: a sum of a
//! `(batch, seq, S::Model)` and a `(batch, seq, S::Hidden)` does not compile there, even if both will
//! be 64. Once `S` is chosen, equal numbers are one type again.

use dfdx::prelude::ConstDim;
use std::fmt::Debug;

// ANCHOR: trait
/// The sizes of a model. [`sizes!`](crate::sizes) writes one down.
pub trait Sizes: 'static + Copy + Debug + Send + Sync {
    /// Tokens known.
    type Vocab: ConstDim;
    /// Positions with a learned vector: the longest text. A model that computes its positions does
    /// not ask for it.
    type Context: ConstDim;
    /// Width of the residual stream: `Heads · HeadDim`.
    type Model: ConstDim;
    /// Attention heads in each block.
    type Heads: ConstDim;
    /// Width of each head.
    type HeadDim: ConstDim;
    /// Width of the feed-forward networks.
    type Hidden: ConstDim;
    /// Blocks.
    type Layers: ConstDim;
}
// ANCHOR_END: trait

/// Writes down the sizes of a model, as a type without values:
///
/// ```
/// use dfdx::prelude::*;
/// use transformer::{Block, sizes};
///
/// sizes!(Small { vocab: 64, context: 32, model: 8, heads: 4, head_dim: 2, hidden: 32, layers: 2 });
///
/// let block = Block::<Small, f32, Cpu>::build(&Cpu::default());
/// assert_eq!(block.feed_forward.up.weight.shape(), &(Const::<32>, Const::<8>));
/// ```
///
/// Of `vocab`, `context`, `hidden` and `layers` one may be left open: with
/// `Deep<const LAYERS> { …, layers: LAYERS }` the sizes of six layers are `Deep<6>`.
///
/// Heads that do not share out the model's size exactly do not compile:
///
/// ```compile_fail,E0080
/// transformer::sizes!(Wrong { vocab: 64, context: 32, model: 8, heads: 3, head_dim: 2, hidden: 32, layers: 2 });
/// ```
#[macro_export]
macro_rules! sizes {
    ($(#[$about:meta])* $who:vis $name:ident $(<const $number:ident>)? {
        vocab: $vocab:expr, context: $context:expr, model: $model:expr,
        heads: $heads:expr, head_dim: $head_dim:expr, hidden: $hidden:expr, layers: $layers:expr $(,)?
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy)]
        $who struct $name $(<const $number: usize>)?;

        impl $(<const $number: usize>)? $crate::Sizes for $name $(<$number>)? {
            type Vocab = ::dfdx::prelude::Const<{ $vocab }>;
            type Context = ::dfdx::prelude::Const<{ $context }>;
            type Model = ::dfdx::prelude::Const<{ $model }>;
            type Heads = ::dfdx::prelude::Const<{ $heads }>;
            type HeadDim = ::dfdx::prelude::Const<{ $head_dim }>;
            type Hidden = ::dfdx::prelude::Const<{ $hidden }>;
            type Layers = ::dfdx::prelude::Const<{ $layers }>;
        }

        const _: () = assert!(
            $model == $heads * $head_dim,
            concat!(
                "`", stringify!($name), "`: ", stringify!($heads), " heads of ", stringify!($head_dim),
                " numbers do not share out the model's ", stringify!($model), " exactly"
            )
        );
    };
}
