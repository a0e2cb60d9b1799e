//! The page's online softmax, number by number: `cargo run -p kernels --example online_by_hand`.

use kernels::online::Online;

fn main() {
    // ANCHOR: by_hand
    let mut online = Online::new(1);
    for (weight, value) in [(2.0_f32, 1.0), (6.0, 2.0), (4.0, 3.0)] {
        online.push(weight.ln(), &[value]);
        println!("{online:.4?}, mean {:.4}", online.mean()[0]);
    }
    // ANCHOR_END: by_hand
}
