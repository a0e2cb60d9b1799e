//! # The Transformer
//!
//! A layer is a few steps on the **residual stream**, each of the form x + f(norm(x)): attention
//! moves information between positions, the feed-forward network works on each position alone. An
//! encoder is a stack of such layers, a GPT is one that may not look ahead, and the model of 2017
//! is an encoder that reads and a decoder that writes.

mod block;
pub mod decode;
mod decoder_layer;
mod design;
pub mod families;
mod feed_forward;
mod layer_norm;
pub mod number_words;
mod rms_norm;
mod schedule;
mod seq2seq;
mod sizes;
mod smoothing;
mod swiglu;

pub use block::Block;
pub use decoder_layer::{BothMasks, DecoderLayer, Masks};
pub use design::{Design, Place};
pub use feed_forward::FeedForward;
pub use layer_norm::LayerNorm;
pub use rms_norm::RmsNorm;
pub use schedule::rate_2017;
pub use seq2seq::{Pairs, Transformer};
pub use sizes::Sizes;
pub use smoothing::smoothed_cross_entropy;
pub use swiglu::SwiGlu;
