//! # Multi-head attention
//!
//! One attention gives each position one mean of values. Several **heads** give it several, each in
//! a learned subspace of its own:
//!
//! head_i = Attention(x W^Q_i, x W^K_i, x W^V_i),  MultiHead(x) = concat(head_1, …, head_h) W^O
//! (Vaswani et al. 2017, section 3.2.2).
//!
//! A head works on `HeadDim` = `Model / Heads` numbers, so h heads cost no more parameters than
//! one.

pub mod asker;
mod grouped;
mod mask;
mod multi_head;
mod split;
pub mod two_lookups;

pub use asker::Asker;
pub use attention::Sequences;
pub use grouped::GroupedQueryAttention;
pub use mask::padding_masks;
pub use multi_head::MultiHeadAttention;
pub use split::{check_heads, merge_heads, split_heads};
