//! What the two dials of the story grammar do to its floor.

use language_models::story::{Dials, DialsError, Grammar};

fn main() -> Result<(), DialsError> {
    // ANCHOR: table
    println!("exponent  people  bits a story  characters  bits a character  bits of facts");
    for people in [0, 20, 2000] {
        for zipf in [0.0, 1.0] {
            let grammar = Grammar::new(Dials { zipf, people, seed: 1 })?;
            let (exact, facts) = (grammar.exact_entropy(), grammar.fact_bits());
            let floor = exact.bits_per_character();
            println!(
                "{zipf:8} {people:7} {:13.2} {:11.0} {floor:17.4} {facts:14.0}",
                exact.bits, exact.characters
            );
        }
    }
    // ANCHOR_END: table
    Ok(())
}
