//! Activation patching: what a part carries from one text into another.
