//! The page's four tokens, chosen in six ways: `cargo run -p generation --example choice_by_hand`.

use generation::sampling::Sampling;

fn main() {
    // ANCHOR: by_hand
    let logits = [8_f32, 4.0, 2.0, 2.0].map(f32::ln);
    let plain = Sampling::at(1.0);
    for (name, sampling) in [
        ("as it is", plain),
        ("temperature 0.5", Sampling::at(0.5)),
        ("top-k 2", Sampling { top_k: Some(2), ..plain }),
        ("top-p 0.7", Sampling { top_p: Some(0.7), ..plain }),
        ("min-p 0.3", Sampling { min_p: Some(0.3), ..plain }),
        ("penalty 2", Sampling { repetition_penalty: 2.0, ..plain }),
    ] {
        let choices = sampling.choices(&logits, &[0]); // token 0 has occurred
        let choices: Vec<String> = choices.iter().map(|(id, p)| format!("{id}: {p:.3}")).collect();
        println!("{name:<16} {}", choices.join("  "));
    }
    // ANCHOR_END: by_hand
}
