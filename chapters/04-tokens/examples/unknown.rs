//! A word that the tokenizer has never seen, and texts that it was not made for.

use tokens::{Bpe, Tokenizer};

fn main() -> Result<(), tokens::TrainError> {
    // ANCHOR: unknown
    let bpe = Bpe::train(include_str!("../corpora/stories.txt"), 1000)?;
    for text in ["grandmother", " grandmother", "Grandmotherliness", " grandmotherliness", "Zxqv!", "猫"] {
        let tokens = bpe.encode(text);
        let spelled = tokens.iter().map(|&id| String::from_utf8_lossy(bpe.bytes_of(id as u32)));
        println!("{text:?} in {}: {}", tokens.len(), spelled.collect::<Vec<_>>().join("|"));
    }
    // ANCHOR_END: unknown
    Ok(())
}
