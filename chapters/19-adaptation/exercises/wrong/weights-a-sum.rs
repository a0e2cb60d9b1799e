//! A sum instead of a mean.

pub fn weights(examples: &[(usize, usize)]) -> Vec<f64> {
    let longest = examples.iter().map(|(prompt, answer)| prompt + answer).max().unwrap_or(1);
    let row = |&(prompt, answer): &(usize, usize)| {
        (1..longest).map(move |token| f64::from((prompt..prompt + answer).contains(&token)))
    };
    examples.iter().flat_map(row).collect()
}
