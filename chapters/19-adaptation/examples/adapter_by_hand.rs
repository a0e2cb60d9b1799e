//! A change of rank one, and how many numbers an adapter has.

use adaptation::lora::Config;
use adaptation::targets::Target;
use gpt::Shape;
use gpt::sizes::LaptopBpe;

fn main() {
    // ANCHOR: by_hand
    let w = [[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]];
    let (a, b, scale) = ([1.0, 2.0, 0.0], [0.5, -1.0], 2.0);
    let x = [3.0, 1.0, 1.0];
    let dot = |a: &[f64; 3], b: &[f64; 3]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    // Beside the matrix: what A reads, B writes.
    let beside = [0, 1].map(|row| dot(&w[row], &x) + scale * b[row] * dot(&a, &x));
    // Within it: six numbers change, five say how.
    let merged = [0, 1].map(|row| [0, 1, 2].map(|column| w[row][column] + scale * b[row] * a[column]));
    let within = [0, 1].map(|row| dot(&merged[row], &x));
    println!("before {:?}, beside {beside:?}, merged {within:?}", w.map(|row| dot(&row, &x)));
    // ANCHOR_END: by_hand
    println!("merged matrix {merged:?}");
    let shape = Shape::of::<LaptopBpe>();
    println!("all weights {:>9} numbers", shape.total());
    for r in [1, 4, 8, 16, 64] {
        let config = Config { r, lora_alpha: 16.0, target_modules: Target::ALL.to_vec() };
        let count = config.parameters(&shape);
        let share = 100.0 * count as f64 / shape.total() as f64;
        println!("rank {r:<6} {count:>9} numbers, {share:.1} %");
    }
    println!(
        "one matrix of {0} by {0}: {1} numbers, at rank 1 {2}",
        shape.model,
        shape.model.pow(2),
        2 * shape.model
    );
}
