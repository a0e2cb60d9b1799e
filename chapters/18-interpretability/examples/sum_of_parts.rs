//! A score falls into what each part added, by hand: three numbers, three parts.
//! `cargo run --release -p interpretability --example sum_of_parts`.

use interpretability::attribution::through_norm;

fn main() {
    // ANCHOR: by_hand
    let parts = [("token", [1.0, 2.0, 0.0]), ("head", [3.0, -1.0, 1.0]), ("network", [-1.0, 0.0, 1.0])];
    let stream: Vec<f32> = (0..3).map(|i| parts.iter().map(|(_, part)| part[i]).sum()).collect();
    let (gain, direction) = ([1.0, 2.0, 1.0], [1.0, 1.0, -1.0]);
    let read = through_norm(&gain, &stream, &direction);
    // ANCHOR_END: by_hand
    println!("the stream: {stream:?}, in place of the direction {direction:?} read with {read:.3?}");
    let mut sum = 0.0;
    for (name, part) in parts {
        let adds: f64 = part.iter().zip(&read).map(|(part, read): (&f32, _)| f64::from(*part) * read).sum();
        println!("  {name:<8}{adds:+7.3}");
        sum += adds;
    }
    // The norm itself: mean 2, variance 2/3.
    let scale = (2.0_f64 / 3.0 + 1e-5).sqrt();
    let score: f64 = (0..3)
        .map(|i| (f64::from(stream[i]) - 2.0) / scale * f64::from(gain[i]) * f64::from(direction[i]))
        .sum();
    println!("  together{sum:+7.3}, and the score by the norm itself is {score:+.3}");
}
