//! Policy gradients.
