//! Where an induction head looks, and what a patch brings back. `cargo run -p interpretability --example
//! looks_by_hand`.

use interpretability::induction::{even, followers};
use interpretability::patch::recovered;

fn main() {
    // ANCHOR: looks
    let tokens = [7, 3, 7, 9, 3, 7];
    for position in 0..tokens.len() {
        println!("from {position}, a {}, to {:?}", tokens[position], followers(&tokens, position));
    }
    println!("a head that looks evenly: {:.3}", even(6, |position| followers(&tokens, position)).unwrap());
    // ANCHOR_END: looks
    println!("a lead of −6 becomes 3, where the other story has 6: {}", recovered(-6.0, 6.0, 3.0));
}
