//! Everything behind a prompt counts, what a row was filled up with too.

pub fn weights(examples: &[(usize, usize)]) -> Vec<f64> {
    let longest = examples.iter().map(|(prompt, answer)| prompt + answer).max().unwrap_or(1);
    let asked: usize = examples.iter().map(|(prompt, _)| longest - prompt).sum();
    let row = |&(prompt, _): &(usize, usize)| (1..longest).map(move |token| token >= prompt);
    let counts = examples.iter().flat_map(row);
    counts.map(|counts| if counts { 1.0 / asked as f64 } else { 0.0 }).collect()
}
