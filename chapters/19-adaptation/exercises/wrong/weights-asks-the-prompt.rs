//! All tokens of an example count, those of its prompt too.

pub fn weights(examples: &[(usize, usize)]) -> Vec<f64> {
    let longest = examples.iter().map(|(prompt, answer)| prompt + answer).max().unwrap_or(1);
    let asked: usize = examples.iter().map(|(prompt, answer)| prompt + answer - 1).sum();
    let row = |&(prompt, answer): &(usize, usize)| (1..longest).map(move |token| token < prompt + answer);
    let counts = examples.iter().flat_map(row);
    counts.map(|counts| if counts { 1.0 / asked as f64 } else { 0.0 }).collect()
}
