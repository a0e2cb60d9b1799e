//! How often one of k samples is right (pass@k).
