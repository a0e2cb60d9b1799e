//! The same seed, the same numbers.

use rand::Rng;
use tensors::seeds::generator;

// ANCHOR: seeds
fn main() {
    for seed in [7, 7, 8] {
        let mut rng = generator(seed);
        let dice: Vec<u32> = (0..10).map(|_| rng.gen_range(1..=6)).collect();
        println!("seed {seed}: {dice:?}");
    }
}
// ANCHOR_END: seeds
