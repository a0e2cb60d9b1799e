//! A row has as many targets as the longest example has tokens: one too many.

pub fn weights(examples: &[(usize, usize)]) -> Vec<f64> {
    let longest = examples.iter().map(|(prompt, answer)| prompt + answer).max().unwrap_or(1);
    let answers: usize = examples.iter().map(|(_, answer)| answer).sum();
    let row = |&(prompt, answer): &(usize, usize)| {
        (1..=longest).map(move |token| (prompt..prompt + answer).contains(&token))
    };
    let counts = examples.iter().flat_map(row);
    counts.map(|counts| if counts { 1.0 / answers as f64 } else { 0.0 }).collect()
}
