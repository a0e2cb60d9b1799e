//! A bigram model small enough for a pencil.

use language_models::ngram::{NGram, NGramError, Smoothing};

fn main() -> Result<(), NGramError> {
    // ANCHOR: by_hand
    let text: Vec<usize> = b"abacab".iter().map(|byte| usize::from(byte - b'a')).collect();
    for smoothing in [Smoothing::AddK(0.0), Smoothing::AddK(1.0), Smoothing::KneserNey(0.75)] {
        let model = NGram::count(&text, 2, 3, smoothing)?;
        let after_a = [0, 1, 2].map(|token| model.probability(&[0], token));
        println!("after a: a {:.3}, b {:.3}, c {:.3}  {smoothing:?}", after_a[0], after_a[1], after_a[2]);
    }
    // ANCHOR_END: by_hand
    Ok(())
}
