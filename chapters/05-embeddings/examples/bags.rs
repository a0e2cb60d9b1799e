//! Bags of words, small enough for a pencil.

use embeddings::EmbeddingError;
use embeddings::bag::{counts, tf_idf};
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
    println!(
        "TF-IDF:  {:.2} and {:.2}",
        cosine(&weights[0], &weights[1]),
        cosine(&weights[0], &weights[2])
    );
    // ANCHOR_END: bags
    Ok(())
}
