//! What three tools say of small numbers. `cargo run -p interpretability --example tools_by_hand`.

use interpretability::induction::{even, followers};
use interpretability::lens::divergence;
use interpretability::patch::recovered;

fn main() {
    // ANCHOR: lens
    // Scores of three tokens at two depths; the truth is that either of the first two comes.
    let truth = [(0, 0.5), (1, 0.5)];
    for scores in [[0.0, 0.0, 2_f32.ln()], [3.0, 3.0, -3.0]] {
        println!("scores {scores:.2?}: {:.3} bits beyond the truth", divergence(&truth, &scores));
    }
    // ANCHOR_END: lens
    // ANCHOR: looks
    let tokens = [7, 3, 7, 9, 3, 7];
    for position in 0..tokens.len() {
        println!("from {position}, a {}, to {:?}", tokens[position], followers(&tokens, position));
    }
    println!("a head that looks evenly: {:.3}", even(6, |position| followers(&tokens, position)).unwrap());
    // ANCHOR_END: looks
    // ANCHOR: patch
    println!("a lead of −6 becomes 3, where the other story has 6: {}", recovered(-6.0, 6.0, 3.0));
    // ANCHOR_END: patch
}
