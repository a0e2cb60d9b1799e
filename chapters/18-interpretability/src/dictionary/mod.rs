//! Into which parts does the stream fall by itself?
//!
//! A probe is told what to look for. A **sparse autoencoder** is told nothing: it looks for a few hundred
//! directions, its dictionary, such that every vector of the stream is nearly a sum of a few of them
//! (Cunningham et al. 2023, Bricken et al. 2023). The hope is that each stands for one thing. Whether it
//! does is usually judged by reading what makes it fire. Here there is a list of all the things that a
//! story has chosen ([`choices`]), and a measure of how well the best feature tells each of them
//! ([`score`]).

mod autoencoder;
pub mod choices;
pub mod score;
mod train;

pub use autoencoder::{Autoencoder, Code};
pub use train::{Learning, train};
