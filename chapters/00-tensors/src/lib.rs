//! # Tensors
//!
//! A **tensor** is a block of numbers with a shape. In this book the shape is part of the *type*:
//! `Tensor<Rank2<2, 3>, f32, Cpu>` is a matrix of two rows and three columns, and a program that
//! multiplies it by another matrix of two rows does not compile.
//!
//! The crate holds what every later chapter needs, and each piece is a lesson of chapter 0:
//!
//! | module | what it teaches |
//! |---|---|
//! | [`by_hand`] | what a tensor is inside: a flat `Vec` and a list of strides |
//! | [`seeds`] | numbers that are random, and the same on every run |
//! | [`Real`] | the numbers that models compute with |
//! | [`widest!`] | loops on many numbers at a time |
//!
//! ```compile_fail
//! use dfdx::prelude::*;
//! let dev = Cpu::default();
//! let a = dev.zeros::<Rank2<2, 3>>();
//! let b = dev.zeros::<Rank2<2, 3>>();
//! let c = a.matmul(b); // the inner sizes, 3 and 2, are different types
//! ```

pub mod by_hand;
mod real;
pub mod seeds;
mod widest;

pub use real::Real;
pub use widest::dispatch;
