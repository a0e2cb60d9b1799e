//! McCulloch and Pitts: threshold units as logical functions, and XOR from three of them.

use neurons::threshold::ThresholdUnit;

// ANCHOR: logic
fn main() {
    let or = ThresholdUnit { weights: [1.0, 1.0], bias: -0.5 };
    let nand = ThresholdUnit { weights: [-1.0, -1.0], bias: 1.5 };
    let and = ThresholdUnit { weights: [1.0, 1.0], bias: -1.5 };
    println!("x       or  nand  and(or, nand)");
    for x in [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]] {
        let (a, b) = (or.fire(x), nand.fire(x));
        println!("{x:?}  {a}  {b}     {}", and.fire([a, b]));
    }
}
// ANCHOR_END: logic
