//! Cuts the lower bits off.

pub fn stochastic(x: f32, draw: u16) -> f32 {
    let _ = draw;
    f32::from_bits(x.to_bits() & 0xffff_0000)
}
