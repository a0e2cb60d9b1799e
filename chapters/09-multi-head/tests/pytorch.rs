//! The layer against PyTorch's: causal, padded and cross, output and every gradient.
//! `tests/fixtures/make.py` made the file.

use attention::causal_mask;
use deep_networks::Dropout;
use dfdx::prelude::{
    Axis, Backward, BroadcastTo, BuildModule, Const, Cpu, NoneTape, OwnedTape, PutTape, Rank0, SumTo,
    Tensor, TensorFromVec,
};
use multi_head::{MultiHeadAttention, Sequences, padding_masks};
use safetensors::SafeTensors;

const ROWS: usize = 2;

struct Fixture(Vec<u8>);

impl Fixture {
    fn numbers(&self, name: &str) -> Vec<f64> {
        let file = SafeTensors::deserialize(&self.0).unwrap();
        let bytes = file.tensor(name).unwrap().data().to_vec();
        bytes.chunks_exact(8).map(|b| f64::from_le_bytes(b.try_into().unwrap())).collect()
    }

    fn sequences(&self, name: &str, seq: usize) -> Sequences<Const<6>, f64, Cpu, NoneTape> {
        Cpu::default().tensor_from_vec(self.numbers(name), (ROWS, seq, Const))
    }
}

type Masks = Tensor<(usize, usize, usize), f64, Cpu>;

#[test]
fn outputs_and_gradients_are_those_of_pytorch() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/multi_head.safetensors");
    let fixture = Fixture(std::fs::read(path).unwrap());
    let mut layer = MultiHeadAttention::<Const<6>, Const<3>, Const<2>, f64, Cpu>::build(&Cpu::default());
    let (weights, biases) = (fixture.numbers("in_proj_weight"), fixture.numbers("in_proj_bias"));
    for (i, part) in [&mut layer.query, &mut layer.key, &mut layer.value].into_iter().enumerate() {
        part.weight.copy_from(&weights[36 * i..36 * (i + 1)]);
        part.bias.copy_from(&biases[6 * i..6 * (i + 1)]);
    }
    layer.output.weight.copy_from(&fixture.numbers("out_proj.weight"));
    layer.output.bias.copy_from(&fixture.numbers("out_proj.bias"));

    let (x, source) = (fixture.sequences("x", 4), fixture.sequences("source", 5));
    let causal = causal_mask(&Cpu::default(), 4).broadcast_like::<_, Axis<0>>(&(ROWS, 4, 4));
    let padded = padding_masks(&Cpu::default(), &[3, 1], 4, 4, false);
    let cases: [(&str, _, Option<&Masks>); 3] =
        [("causal", &x, Some(&causal)), ("padded", &x, Some(&padded)), ("cross", &source, None)];
    let mut worst = 0.0_f64;
    for (name, answers, masks) in cases {
        let asks = x.clone().put_tape(OwnedTape::default());
        let output = layer.attend_to(asks, answers.retaped(), masks, &mut Dropout::off());
        let mut compare = |ours: &[f64], theirs: &[f64]| {
            assert_eq!(ours.len(), theirs.len());
            for (ours, theirs) in ours.iter().zip(theirs) {
                worst = worst.max((ours - theirs).abs());
            }
        };
        compare(&output.as_vec(), &fixture.numbers(&format!("{name}.output")));
        let gradients = (output * fixture.sequences("coefficients", 4)).sum::<Rank0, _>().backward();
        let theirs = |parameter: &str| fixture.numbers(&format!("{name}.{parameter}.grad"));
        compare(&gradients.get(&x).as_vec(), &theirs("x"));
        compare(&gradients.get(answers).as_vec(), &theirs("source"));
        for (i, part) in [&layer.query, &layer.key, &layer.value].into_iter().enumerate() {
            compare(&gradients.get(&part.weight).as_vec(), &theirs("in_proj_weight")[36 * i..36 * (i + 1)]);
            compare(&gradients.get(&part.bias).as_vec(), &theirs("in_proj_bias")[6 * i..6 * (i + 1)]);
        }
        compare(&gradients.get(&layer.output.weight).as_vec(), &theirs("out_proj.weight"));
        compare(&gradients.get(&layer.output.bias).as_vec(), &theirs("out_proj.bias"));
    }
    println!("{worst:.1e}");
    // Both compute in f64, in sums of a few numbers near 1: they differ by rounding alone.
    assert!(worst < 1e-12, "{worst}");
}
