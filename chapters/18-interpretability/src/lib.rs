//! # Interpretability
//!
//! What goes on inside a model, looked at by hand and judged by a truth that is known: the grammar of
//! chapter 6 says how likely every next token is, which choices a story has made and where in it each
//! of them can be read.
//!
//! | question | module |
//! |---|---|
//! | What passes through a model? | [`hooks`] |
//! | Where does each head look? | [`maps`] |
//! | Which heads look for what came before? | [`induction`] |
//! | Which part of the model wrote a score? | [`attribution`] |
//! | What would the model say if it stopped here? | [`lens`], against the [`truth`] |
//! | What is lost without a part? | [`ablate`] |
//! | What does a part carry from one text into another? | [`patch`] |
//! | What can be read off the stream? | [`probe`] |
//! | Does the model use what can be read? | [`steer`] |
//! | Two stories that differ in one choice | [`pairs`] |
//! | Do explanations name the true source? | [`explain`] |
//! | Into which parts does the stream fall by itself? | [`dictionary`] |

pub mod ablate;
pub mod attribution;
pub mod dictionary;
pub mod explain;
pub mod hooks;
pub mod induction;
pub mod lens;
pub mod maps;
pub mod pairs;
pub mod patch;
pub mod probe;
pub mod steer;
pub mod truth;

#[cfg(test)]
mod small;
