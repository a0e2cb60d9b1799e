//! How far dialects are from the stories: exactly, in bits a story.

use adaptation::dialect::Dialect;
use adaptation::instruct::{ASKED, by_chance};

fn main() {
    println!("groups  strength   to learn  to forget");
    for groups in [1, 40] {
        for strength in [0.5, 1.0, 2.0] {
            let dialect = Dialect::new(strength, groups, 19);
            println!("{groups:>6}{strength:>10}{:>11.2}{:>11.2}", dialect.to_learn(), dialect.to_forget());
        }
    }
    println!("words that are weighed: 46 for all heroes, {} for forty", 40 * 46);
    let saved: f64 = ASKED.iter().map(|&slot| -by_chance(slot).log2()).sum();
    println!("whoever knows the instruction saves {saved:.2} bits of a story");
}
