//! Two stories that differ in one word. `cargo run -p interpretability --example minimal_pair`.

use gpt::tokenizer::Tokens;
use interpretability::pairs::pairs;
use language_models::story::{Slot, tell};
use tensors::seeds;
use tokens::Tokenizer;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut rng = seeds::generator(1);
    let stories: String = (0..200).map(|_| tell(&mut rng)).collect();
    let tokenizer = Tokens::learn(900, &stories)?;
    for slot in [Slot::Animal, Slot::Trade, Slot::Weather] {
        let pair = pairs(slot, 1, &tokenizer, 600, &mut rng).remove(0);
        println!(
            "{}: {} tokens, different at {:?}",
            format!("{slot:?}").to_lowercase(),
            pair.texts[0].len(),
            pair.sources
        );
        for (text, next) in pair.texts.iter().zip(pair.next) {
            let spell = |ids: &[usize]| {
                tokenizer.decode(ids).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            };
            let from = pair.sources[0] - 4;
            let told = spell(&text[from..=pair.sources[pair.sources.len() - 1]])?;
            let before = spell(&text[text.len() - 6..])?;
            println!("  …{told}… {before}| {}", spell(&[next])?.trim());
        }
    }
    Ok(())
}
