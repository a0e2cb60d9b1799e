//! Rejection sampling, and the best of n.
