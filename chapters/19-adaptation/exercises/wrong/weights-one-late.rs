//! Takes a target for the token of its own place: the first token of each answer is not asked.

pub fn weights(examples: &[(usize, usize)]) -> Vec<f64> {
    let longest = examples.iter().map(|(prompt, answer)| prompt + answer).max().unwrap_or(1);
    let answers: usize = examples.iter().map(|(_, answer)| answer).sum();
    let row = |&(prompt, answer): &(usize, usize)| {
        (0..longest - 1).map(move |token| (prompt..prompt + answer).contains(&token))
    };
    let counts = examples.iter().flat_map(row);
    counts.map(|counts| if counts { 1.0 / answers as f64 } else { 0.0 }).collect()
}
