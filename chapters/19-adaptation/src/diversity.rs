//! How much the texts of a policy differ.
