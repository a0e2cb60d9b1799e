//! A draw that carries goes away from 0, every other towards it.

/// One of the two neighbours in bf16.
pub fn stochastic(x: f32, draw: u16) -> f32 {
    f32::from_bits((x.to_bits() + u32::from(draw)) & 0xffff_0000)
}
