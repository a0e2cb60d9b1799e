//! Counts the stretches that end before u: rounding runs off the end.

pub fn draw(probabilities: &[f64], u: f64) -> usize {
    let mut sum = 0.0;
    let ends = probabilities.iter().map(|p| {
        sum += p;
        sum
    });
    ends.take_while(|end| *end <= u).count()
}
