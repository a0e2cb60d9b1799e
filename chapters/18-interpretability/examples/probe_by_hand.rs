//! A probe of four numbers, and the ceilings of three slots. `cargo run -p interpretability --example
//! probe_by_hand`.

use interpretability::pairs::drawn_at;
use interpretability::probe::Probe;
use interpretability::probe::ceiling::ceiling;
use language_models::story::Slot;

fn main() {
    // ANCHOR: by_hand
    let examples: [&[f32]; 4] = [&[-1.5], &[-0.5], &[0.5], &[1.5]];
    let probe = Probe::fit(&examples, &[0, 0, 1, 1], 2);
    println!("means {:?}, weights {:.2?}", probe.means, probe.weights);
    println!("-0.1 is of class {}, 0.1 of class {}", probe.guess(&[-0.1]), probe.guess(&[0.1]));
    // ANCHOR_END: by_hand
    for slot in [Slot::Friend, Slot::Home, Slot::Weather] {
        let at = drawn_at(slot);
        println!("the best guess at the {}:", format!("{slot:?}").to_lowercase());
        println!("  as the story begins {:.3}", ceiling(slot, 0));
        println!("  just before it is told {:.3}, after that {}", ceiling(slot, at), ceiling(slot, at + 1));
    }
}
