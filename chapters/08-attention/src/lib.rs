//! # Attention
//!
//! Attention is the only part of a Transformer that moves information from one position to another. Each position asks a question
//! (its **query**), every position offers a label (its **key**) and a content (its **value**); the answer is the mean of the values,
//! weighted by how well the keys fit the query:
//!
//! Attention(Q, K, V) = softmax(Q Kᵀ / √d_k) V  (Vaswani et al. 2017, equation 1).

pub mod causal;
pub mod head;
pub mod scaled_dot_product;

pub use causal::causal_mask;
pub use head::Head;
pub use scaled_dot_product::{attention, attention_weights};
