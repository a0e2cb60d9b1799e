//! # Attention
//!
//! Attention is the only part of a Transformer that moves information from one position to another.
//! Each position asks a question (its **query**), every position offers a label (its **key**) and a
//! content (its **value**); the answer is the mean of the values, weighted by how well the keys fit
//! the query:
//!
//! Attention(Q, K, V) = softmax(Q Kᵀ / √d_k) V  (Vaswani et al. 2017, equation 1).

pub mod causal;
pub mod head;
pub mod one_head_model;
pub mod retriever;
pub mod scaled_dot_product;
pub mod scaling;

pub use causal::causal_mask;
pub use head::Head;
pub use one_head_model::OneHeadModel;
pub use retriever::Retriever;
pub use scaled_dot_product::{Sequences, attention, attention_weights, weights_with_masks};
pub use scaling::weights_normalised_twice;
