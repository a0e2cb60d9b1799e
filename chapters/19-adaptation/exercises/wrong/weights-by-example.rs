//! Every example counts alike: tokens of short answers count more.

pub fn weights(examples: &[(usize, usize)]) -> Vec<f64> {
    let longest = examples.iter().map(|(prompt, answer)| prompt + answer).max().unwrap_or(1);
    let all = examples.len() as f64;
    let row = |&(prompt, answer): &(usize, usize)| {
        let weight = 1.0 / answer as f64 / all;
        (1..longest).map(move |token| if (prompt..prompt + answer).contains(&token) { weight } else { 0.0 })
    };
    examples.iter().flat_map(row).collect()
}
