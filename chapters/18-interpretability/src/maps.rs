//! Attention maps: where each head looks.
