//! Bags, neighbours and surprise, small enough for a pencil.

use embeddings::EmbeddingError;
use embeddings::bag::{counts, tf_idf};
use embeddings::cooccurrence::Cooccurrence;
use embeddings::space::cosine;
use embeddings::vocabulary::Vocabulary;

fn main() -> Result<(), EmbeddingError> {
    // ANCHOR: bags
    let text = "the dog bit the man\nthe man bit the dog\nthe moon is round";
    let vocabulary = Vocabulary::of(text)?;
    let documents = vocabulary.encode(text);
    let bags: Vec<_> = documents.iter().map(|document| counts(document, vocabulary.size())).collect();
    let weights = tf_idf(&documents, vocabulary.size());
    println!("words:   {:?}", (0..vocabulary.size()).map(|id| vocabulary.word(id)).collect::<Vec<_>>());
    for (document, bag) in text.lines().zip(&bags) {
        println!("{bag:?}  {document}");
    }
    println!("alike:   {:.2} and {:.2}", cosine(&bags[0], &bags[1]), cosine(&bags[0], &bags[2]));
    println!("TF-IDF:  {:.2} and {:.2}", cosine(&weights[0], &weights[1]), cosine(&weights[0], &weights[2]));
    // ANCHOR_END: bags

    // ANCHOR: surprise
    let text = "the king wears a crown\nthe queen wears a crown\nthe monk has a candle\nthe nun has a candle";
    let vocabulary = Vocabulary::of(text)?;
    let seen = Cooccurrence::count(&vocabulary.encode(text), vocabulary.size(), 4, false)?;
    let (rows, ppmi) = (seen.rows(), seen.ppmi());
    for (a, b) in [("king", "the"), ("king", "crown"), ("king", "queen")] {
        let (i, j) = (vocabulary.id(a)?, vocabulary.id(b)?);
        println!(
            "{a}, {b}: seen {} times, PPMI {:.2}; cosine of their counts {:.2}, of their PPMI {:.2}",
            rows[i][j],
            ppmi[i][j],
            cosine(&rows[i], &rows[j]),
            cosine(&ppmi[i], &ppmi[j])
        );
    }
    // ANCHOR_END: surprise
    Ok(())
}
