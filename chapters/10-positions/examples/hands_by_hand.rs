//! Four numbers for each of four positions.

use positions::sinusoidal::{encoding, frequency};

fn main() {
    // ANCHOR: by_hand
    println!("radians a step: {:.2} and {:.2}", frequency(0, 4), frequency(1, 4));
    for position in 0..4 {
        println!("position {position}: {:6.3?}", encoding(position, 4));
    }
    // ANCHOR_END: by_hand
}
