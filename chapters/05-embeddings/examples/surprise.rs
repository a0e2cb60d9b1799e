//! Neighbours and surprise, small enough for a pencil.

use embeddings::EmbeddingError;
use embeddings::cooccurrence::Cooccurrence;
use embeddings::space::cosine;
use embeddings::vocabulary::Vocabulary;

fn main() -> Result<(), EmbeddingError> {
    // ANCHOR: surprise
    let text =
        "the king wears a crown\nthe queen wears a crown\nthe monk has a candle\nthe nun has a candle";
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
