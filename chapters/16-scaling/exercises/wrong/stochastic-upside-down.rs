//! Goes to the farther one in all other draws.

pub fn stochastic(x: f32, draw: u16) -> f32 {
    let far = u32::from(u32::from(draw) >= x.to_bits() & 0xffff) << 16;
    f32::from_bits((x.to_bits() & 0xffff_0000) + far)
}
