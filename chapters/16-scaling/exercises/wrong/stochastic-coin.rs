//! Throws a coin, wherever the number lies.

pub fn stochastic(x: f32, draw: u16) -> f32 {
    let far = u32::from(draw >= 0x8000 && x.to_bits() & 0xffff != 0) << 16;
    f32::from_bits((x.to_bits() & 0xffff_0000) + far)
}
