//! Adds the draw to m alone: what is carried out of m into the exponent is lost.

pub fn stochastic(x: f32, draw: u16) -> f32 {
    let m = (x.to_bits() & 0x7f_ffff) + u32::from(draw);
    f32::from_bits((x.to_bits() & 0xff80_0000) | (m & 0x7f_0000))
}
