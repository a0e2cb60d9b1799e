//! Direct preference optimisation on one pair, and what its batch is told to do.

use adaptation::answer::Answer;
use adaptation::dpo::{Pair, batch, loss};

fn main() {
    // ANCHOR: by_hand
    let beta = 0.1;
    let answer = |token| Answer { tokens: vec![0, token], prompt: 1 };
    // ln π₀ of the chosen answer −120, of the rejected one −118.
    let pair = Pair { chosen: answer(1), rejected: answer(2), reference: -2.0 };
    for (chosen, rejected) in [(-120.0, -118.0), (-118.0, -121.0), (-125.0, -150.0), (-110.0, -90.0)] {
        let m = beta * ((chosen - rejected) - pair.reference);
        let weights = batch(std::slice::from_ref(&pair), &[m], beta).weights.expect("it has weights");
        println!(
            "{chosen:.0} and {rejected:.0}: margin {m:>5.2}, loss {:.3}, weights {weights:.3?}",
            loss(&[m])
        );
    }
    // ANCHOR_END: by_hand
}
