//! # Exercise: third
//!
//! `c_attn` holds the matrices of queries, keys and values side by side, as (model, 3 · model): of
//! each row the first third belongs to the queries. Take the key's matrix out, as (model, model)
//! with outputs first.
//!
//! # Hints
//! - Row i of the file holds what input i gives to all outputs: model numbers for the queries, then
//!   model for the keys.
//! - Number (o, i) of the key's matrix is in row i of the file, at column model + o.
#![allow(unused_variables)]

/// The key's matrix as (outputs, inputs), row after row.
pub fn key(c_attn: &[f32], model: usize) -> Vec<f32> {
    todo!("the middle third, transposed")
}
