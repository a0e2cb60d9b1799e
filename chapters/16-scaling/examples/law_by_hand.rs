//! A law with numbers that can be computed by hand: E = 1, A = 10, α = ½, B = 100, β = ½.

use scaling::law::surface::{Law, Price};

// ANCHOR: by_hand
fn main() {
    let law = Law { floor: 1.0, a: 10.0, alpha: 0.5, b: 100.0, beta: 0.5 };
    for budget in [6e6, 96e6] {
        println!("{budget:.0} operations:");
        for n in [25.0, 100.0, 400.0, 1600.0] {
            let d = Price::SIX.tokens(budget, n);
            let [small, little] = [law.a / n.sqrt(), law.b / d.sqrt()];
            println!("{n:>6} parameters,{d:>8} tokens: 1 + {small:<4} + {little:<4} = {}", law.loss(n, d));
        }
        println!("  the best size is {:.0}", law.best_size(budget, Price::SIX));
    }
}
// ANCHOR_END: by_hand
