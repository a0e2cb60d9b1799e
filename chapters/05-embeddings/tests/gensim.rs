//! word2vec against gensim's, on the same corpus with the same settings. `tests/fixtures/make.py`
//! made the file.
//!
//! The two draw different random numbers, so no vector can be equal. What must agree is what the
//! vectors are good for: the analogies they solve, and which words they put near each other, as
//! nearly as gensim agrees with itself under another seed.

use embeddings::judge;
use embeddings::space::Space;
use embeddings::vocabulary::Vocabulary;
use embeddings::word2vec::{Settings, Word2Vec};
use embeddings::world::{self, RELATIONS};
use safetensors::SafeTensors;

/// The share of ten nearest neighbours that two spaces have in common, over all words.
fn agreement(a: &Space, b: &Space, words: usize) -> f64 {
    let common = |word| {
        let theirs: Vec<usize> = b.neighbours(word, 10).iter().map(|near| near.0).collect();
        a.neighbours(word, 10).iter().filter(|near| theirs.contains(&near.0)).count()
    };
    (0..words).map(common).sum::<usize>() as f64 / (10 * words) as f64
}

#[test]
fn it_is_as_good_as_gensim_and_puts_the_same_words_near_each_other() {
    let text = world::sentences(6000, 1);
    let vocabulary = Vocabulary::of(&text).unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/word2vec.safetensors");
    let bytes = std::fs::read(path).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let counts: Vec<usize> = file
        .tensor("counts")
        .unwrap()
        .data()
        .chunks_exact(8)
        .map(|b| i64::from_le_bytes(b.try_into().unwrap()) as usize)
        .collect();
    assert_eq!(counts, vocabulary.counts(), "the fixture is of another corpus: make it again");
    let theirs = ["vectors.1", "vectors.2"].map(|name| {
        let data = file.tensor(name).unwrap().data();
        let numbers: Vec<f32> =
            data.chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().unwrap())).collect();
        Space::new(numbers.chunks_exact(32))
    });
    let ours =
        Word2Vec::<32>::train(&vocabulary.encode(&text), &vocabulary, &Settings::default(), |_, _| {})
            .unwrap();
    let ours = Space::new(&ours.centre);

    for relation in &RELATIONS {
        let share = |space| judge::analogies(space, &vocabulary, relation).unwrap();
        let (own, gensim) = (share(&ours), share(&theirs[0]).max(share(&theirs[1])));
        println!("{}: {own:.3}, gensim {gensim:.3}", relation.name);
        assert!(own > gensim - 0.05, "{}: {own} of the analogies, gensim solves {gensim}", relation.name);
    }
    let (own, gensim) = (
        agreement(&ours, &theirs[0], vocabulary.size()),
        agreement(&theirs[0], &theirs[1], vocabulary.size()),
    );
    println!("ten neighbours in common: {own:.3} with gensim, {gensim:.3} of gensim with itself");
    assert!(own > gensim - 0.05, "{own} of the neighbours are gensim's, whose own seeds agree by {gensim}");
}
