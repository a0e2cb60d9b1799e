//! What validity costs, with numbers that can be checked by hand.

use adaptation::frontier::{best_of, divergence, without_ties};

fn main() {
    // ANCHOR: by_hand
    let v0 = 0.25;
    println!("a quarter is valid at first");
    println!("always valid: {:.2} bits", divergence(1.0, v0));
    for n in [2, 4, 8] {
        let v = best_of(n, v0);
        let (bits, usual) = (divergence(v, v0), without_ties(n));
        println!("best of {n}: {v:.3} valid for {bits:.2} bits; without ties {usual:.2}");
    }
    // ANCHOR_END: by_hand
    println!("from one in a hundred to one in a million: {:.4} bits", divergence(1e-6, 0.01));
    println!("and back: {:.4} bits", divergence(0.01, 1e-6));
}
