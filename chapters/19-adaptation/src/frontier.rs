//! The least divergence for which a policy is so often right.
