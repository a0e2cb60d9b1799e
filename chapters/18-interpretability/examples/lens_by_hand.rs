//! What it costs to believe a lens. `cargo run -p interpretability --example lens_by_hand`.

use interpretability::lens::divergence;

fn main() {
    // ANCHOR: by_hand
    // Scores of three tokens at two depths; the truth is that either of the first two comes.
    let truth = [(0, 0.5), (1, 0.5)];
    for scores in [[0.0, 0.0, 2_f32.ln()], [3.0, 3.0, -3.0]] {
        println!("scores {scores:.2?}: {:.3} bits beyond the truth", divergence(&truth, &scores));
    }
    // ANCHOR_END: by_hand
}
