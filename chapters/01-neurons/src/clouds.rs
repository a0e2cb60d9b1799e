//! Points to separate: two clouds, and the four points that no line separates.

use tensors::seeds;

/// A point and its class, 0 or 1.
pub type Labelled = ([f64; 2], f64);

/// Exclusive or: 1 when exactly one input is 1.
pub const XOR: [Labelled; 4] = [([0.0, 0.0], 0.0), ([0.0, 1.0], 1.0), ([1.0, 0.0], 1.0), ([1.0, 1.0], 0.0)];

/// `count` points of each class, normally distributed around (−1, −0.5) and (1, 0.5) with standard
/// deviation `spread`.
pub fn two_clouds(count: usize, spread: f32, seed: u64) -> Vec<Labelled> {
    let noise = seeds::normal(&mut seeds::generator(seed), 4 * count, spread);
    let centre = |class: usize| if class == 0 { [-1.0, -0.5] } else { [1.0, 0.5] };
    noise
        .chunks_exact(2)
        .enumerate()
        .map(|(i, noise)| {
            let [x, y] = centre(i % 2);
            ([x + f64::from(noise[0]), y + f64::from(noise[1])], (i % 2) as f64)
        })
        .collect()
}
