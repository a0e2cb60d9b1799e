//! Explanations scored against the true source.
