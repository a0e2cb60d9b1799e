//! What dirt costs the perfect learner, on numbers small enough to check by hand.

use data_quality::price::{bound, price_by_place};

fn main() {
    // ANCHOR: by_hand
    for dirt in [0.01, 0.1, 0.2, 0.5, 0.9] {
        println!("{dirt} of dirt: at most {:.3} bits a text", bound(dirt));
    }
    let clean = [1.0, 1.0, 1.0]; // three words of a bit each
    let never = f64::INFINITY;
    for (when, dirty) in [
        ("the first word tells", [never, 0.0, 0.0]),
        ("the last word tells", [1.0, 1.0, never]),
        ("each word tells a little", [2.0, 2.0, 2.0]),
    ] {
        let price = price_by_place(0.5, &clean, &dirty);
        println!(
            "{when}: {:.2} {:.2} {:.2}, together {:.2}",
            price[0],
            price[1],
            price[2],
            price.iter().sum::<f64>()
        );
    }
    // ANCHOR_END: by_hand
}
