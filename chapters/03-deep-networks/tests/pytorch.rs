//! The rules against PyTorch's optimisers, step by step. `tests/fixtures/make.py` made the file.

use deep_networks::{Parameter, Rule};
use safetensors::SafeTensors;

fn numbers(file: &SafeTensors<'_>, name: &str) -> Vec<f64> {
    let bytes = file.tensor(name).unwrap().data();
    bytes.chunks_exact(8).map(|b| f64::from_le_bytes(b.try_into().unwrap())).collect()
}

#[test]
fn a_hundred_steps_are_those_of_pytorch() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/optimisers.safetensors");
    let bytes = std::fs::read(path).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let [start, a, c] = ["start", "a", "c"].map(|name| numbers(&file, name));
    let betas = [0.9, 0.99];
    for (name, rule, rate) in [
        ("sgd", Rule::Sgd, 0.05),
        ("momentum", Rule::Momentum { beta: 0.9 }, 0.02),
        ("rmsprop", Rule::RmsProp { beta: 0.9 }, 0.02),
        ("adam", Rule::Adam { betas }, 0.05),
        ("adamw", Rule::AdamW { betas, weight_decay: 0.3 }, 0.05),
    ] {
        let (mut x, mut m, mut v) = (start.clone(), vec![0.0; 4], vec![0.0; 4]);
        let mut worst = 0.0_f64;
        for (step, theirs) in numbers(&file, name).chunks_exact(4).enumerate() {
            // The gradient of the script's loss, noise by step included.
            let noise = |i: usize| 0.3 * (0.7 * step as f64 + i as f64).cos();
            let slope = |i: usize| 2.0 * a[i] * (x[i] - c[i]) + 0.5 * (3.0 * x[i]).sin() + noise(i);
            let gradient: Vec<f64> = (0..4).map(slope).collect();
            let memory = [&mut m[..], &mut v[..]];
            let parameter = Parameter { theta: &mut x, memory, gradient: &gradient, is_matrix: true };
            rule.update(step + 1, rate, parameter);
            for (ours, theirs) in x.iter().zip(theirs) {
                worst = worst.max((ours - theirs).abs() / theirs.abs().max(1e-3));
            }
        }
        // Both compute in f64: they differ by rounding alone.
        assert!(worst < 1e-10, "{name} differs from PyTorch by {worst}");
        println!("{name}: {worst:.1e}");
    }
}
