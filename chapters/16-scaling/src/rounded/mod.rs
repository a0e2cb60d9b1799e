//! A model whose numbers are kept in fewer bits: its [weights], its [gradients], and the [stream] that passes
//! through it.

pub mod gradients;
pub mod stream;
pub mod weights;

pub use gradients::{each_gradient, round_gradients};
pub use stream::RoundedStream;
pub use weights::{bytes, round};
