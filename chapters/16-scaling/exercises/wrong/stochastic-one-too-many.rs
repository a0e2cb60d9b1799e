//! Moves a number of bf16, too, once in all draws.

pub fn stochastic(x: f32, draw: u16) -> f32 {
    let far = u32::from(u32::from(draw) <= x.to_bits() & 0xffff) << 16;
    f32::from_bits((x.to_bits() & 0xffff_0000) + far)
}
