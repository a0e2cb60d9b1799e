//! # Neurons
//!
//! An artificial neuron multiplies its inputs by weights, adds a bias, and passes the sum through
//! an activation function. This chapter builds one, gives it a loss, and lets gradient descent find
//! its weights; then it shows what one neuron cannot do.

pub mod activation;
pub mod clouds;
pub mod exponential;
pub mod gelu;
pub mod loss;
pub mod neuron;
pub mod threshold;
