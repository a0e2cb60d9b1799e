//! What the two dials of the story grammar do to its floor.

use language_models::story::{Dials, DialsError, Grammar};
use tensors::seeds;

fn main() -> Result<(), DialsError> {
    // ANCHOR: table
    println!("exponent  people  bits a story  characters  bits a character  bits of all facts");
    for people in [0, 20, 2000] {
        for zipf in [0.0, 1.0] {
            let grammar = Grammar::new(Dials { zipf, people, seed: 1 })?;
            let (exact, facts) = (grammar.exact_entropy(), grammar.fact_bits());
            let floor = exact.bits_per_character();
            println!(
                "{zipf:8} {people:7} {:13.2} {:11.0} {floor:17.4} {facts:18.0}",
                exact.bits, exact.characters
            );
        }
    }
    // ANCHOR_END: table

    // ANCHOR: person
    // The beginning of a story from a world, and of the next about the same person.
    let grammar = Grammar::new(Dials { zipf: 0.0, people: 20, seed: 1 })?;
    let mut rng = seeds::generator(1);
    let mut stories = std::iter::repeat_with(|| grammar.tell(&mut rng));
    let first = stories.next().expect("a story");
    let name = first.split_once(" called ").and_then(|(_, rest)| rest.split_once('.')).expect("a name").0;
    let second = stories.find(|story| story.contains(name)).expect("one of twenty comes back");
    for story in [&first, &second] {
        println!();
        story.split_inclusive(". ").take(2).for_each(|sentences| println!("{}", sentences.trim_end()));
    }
    // ANCHOR_END: person
    Ok(())
}
