//! Attention against PyTorch's, output and gradients. `tests/fixtures/make.py` made the file.

use attention::{Sequences, attention, causal_mask};
use dfdx::prelude::{Backward, Const, Cpu, NoneTape, OwnedTape, PutTape, Rank0, SumTo, TensorFromVec};
use safetensors::SafeTensors;

const ROWS: usize = 2;
const SEQ: usize = 5;

fn numbers(file: &SafeTensors<'_>, name: &str) -> Vec<f64> {
    let bytes = file.tensor(name).unwrap().data();
    bytes.chunks_exact(8).map(|b| f64::from_le_bytes(b.try_into().unwrap())).collect()
}

fn read<const SIZE: usize>(
    file: &SafeTensors<'_>,
    name: &str,
) -> Sequences<Const<SIZE>, f64, Cpu, NoneTape> {
    Cpu::default().tensor_from_vec(numbers(file, name), (ROWS, SEQ, Const))
}

#[test]
fn output_and_gradients_are_those_of_pytorch() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/attention.safetensors");
    let bytes = std::fs::read(path).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let (q, k, v) = (read::<3>(&file, "q"), read::<3>(&file, "k"), read::<4>(&file, "v"));
    let causal = causal_mask(&Cpu::default(), SEQ);
    let mut worst = 0.0_f64;
    for (name, mask) in [("full", None), ("causal", Some(&causal))] {
        let queries = q.clone().put_tape(OwnedTape::default());
        let output = attention(queries, k.retaped(), v.retaped(), mask);
        let mut compare = |ours: Vec<f64>, theirs: &str| {
            let theirs = numbers(&file, &format!("{name}.{theirs}"));
            assert_eq!(ours.len(), theirs.len(), "{name}");
            for (ours, theirs) in ours.iter().zip(theirs) {
                worst = worst.max((ours - theirs).abs());
            }
        };
        compare(output.as_vec(), "output");
        let gradients = (output * read::<4>(&file, "coefficients")).sum::<Rank0, _>().backward();
        compare(gradients.get(&q).as_vec(), "q.grad");
        compare(gradients.get(&k).as_vec(), "k.grad");
        compare(gradients.get(&v).as_vec(), "v.grad");
    }
    println!("{worst:.1e}");
    // Both compute in f64, in sums of a few numbers near 1: they differ by rounding alone.
    assert!(worst < 1e-12, "{worst}");
}
