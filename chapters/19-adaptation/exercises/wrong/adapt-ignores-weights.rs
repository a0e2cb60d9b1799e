//! Learns from prompts, too: the weights are not looked at.

type Matrix = Vec<Vec<f64>>;

pub fn adapt(
    w: &Matrix,
    (mut a, mut b): (Matrix, Matrix),
    (s, rate, steps): (f64, f64, usize),
    examples: &[(Vec<usize>, usize)],
    weights: fn(&[(usize, usize)]) -> Vec<f64>,
    gradients: fn(&Matrix, &Matrix, f64, &Matrix) -> (Matrix, Matrix),
) -> Matrix {
    let sizes: Vec<(usize, usize)> =
        examples.iter().map(|(tokens, prompt)| (*prompt, tokens.len() - prompt)).collect();
    let all: usize = sizes.iter().map(|(prompt, answer)| prompt + answer - 1).sum();
    let _ = weights;
    let weight = 1.0 / all as f64;
    for _ in 0..steps {
        let used = merged(w, &a, &b, s);
        let mut slopes: Matrix = w.iter().map(|row| vec![0.0; row.len()]).collect();
        for (tokens, _) in examples {
            for pair in tokens.windows(2) {
                let scores = &used[pair[0]];
                let sum: f64 = scores.iter().map(|score| score.exp()).sum();
                for (token, score) in scores.iter().enumerate() {
                    let wanted = f64::from(token == pair[1]);
                    slopes[pair[0]][token] += weight * (score.exp() / sum - wanted);
                }
            }
        }
        let (of_a, of_b) = gradients(&a, &b, s, &slopes);
        step(&mut a, &of_a, rate);
        step(&mut b, &of_b, rate);
    }
    merged(w, &a, &b, s)
}

fn merged(w: &Matrix, a: &Matrix, b: &Matrix, s: f64) -> Matrix {
    let number = |i: usize, j: usize| a.iter().zip(&b[i]).map(|(row, b)| b * row[j]).sum::<f64>();
    let row =
        |(i, row): (usize, &Vec<f64>)| row.iter().enumerate().map(|(j, w)| w + s * number(i, j)).collect();
    w.iter().enumerate().map(row).collect()
}

fn step(matrix: &mut Matrix, slopes: &Matrix, rate: f64) {
    for (number, slope) in matrix.iter_mut().flatten().zip(slopes.iter().flatten()) {
        *number -= rate * slope;
    }
}
