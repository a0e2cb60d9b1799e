//! Evidence that a model has read a text, on numbers small enough to check by hand.

use data_quality::contamination::{chance, hedged};

fn main() {
    // ANCHOR: by_hand
    for bits in [1.0, 3.0, 10.0, 20.0] {
        println!("{bits} bits of evidence: chance at most {:.6}", chance(bits));
    }
    // Three stories that the model does not know, and one that it knows by heart.
    let evidence = [-4.0, -6.0, 16.0, -5.0];
    println!("all in: {:.1} bits", evidence.iter().sum::<f64>());
    println!("half of it on each story: {:.1} bits", hedged(&evidence, 0.5));
    // ANCHOR_END: by_hand
}
