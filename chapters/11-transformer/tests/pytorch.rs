//! The layers of encoder and decoder against PyTorch's, norm before and after: output and every
//! gradient. `tests/fixtures/make.py` made the file.

use attention::{Sequences, causal_mask};
use deep_networks::{Dropout, Linear};
use dfdx::prelude::{
    Axis, Backward, BroadcastTo, BuildModule, Const, ConstDim, Cpu, Gradients, NoneTape, OwnedTape,
    PutTape, Rank0, SumTo, TensorFromVec,
};
use multi_head::MultiHeadAttention;
use safetensors::SafeTensors;
use transformer::{Block, DecoderLayer, Design, FeedForward, LayerNorm, Masks, Place};

const ROWS: usize = 2;
const SEQ: usize = 3;

transformer::sizes!(Four { vocab: 1, context: SEQ, model: 4, heads: 2, head_dim: 2, hidden: 6, layers: 1 });
type Norm = LayerNorm<Const<4>, f64, Cpu>;
type Attention = MultiHeadAttention<Const<4>, Const<2>, Const<2>, f64, Cpu>;

/// The file, and one layer's part of it.
struct Fixture<'a> {
    file: SafeTensors<'a>,
    layer: String,
    worst: f64,
}

impl Fixture<'_> {
    fn numbers(&self, name: &str) -> Vec<f64> {
        let bytes = self.file.tensor(name).unwrap().data();
        bytes.chunks_exact(8).map(|b| f64::from_le_bytes(b.try_into().unwrap())).collect()
    }

    fn sequences(&self, name: &str, seq: usize) -> Sequences<Const<4>, f64, Cpu, NoneTape> {
        Cpu::default().tensor_from_vec(self.numbers(name), (ROWS, seq, Const))
    }

    fn of_layer(&self, name: &str) -> Vec<f64> {
        self.numbers(&format!("{}.{name}", self.layer))
    }

    fn compare(&mut self, ours: &[f64], theirs: &[f64], what: &str) {
        assert_eq!(ours.len(), theirs.len(), "{what}");
        for (ours, theirs) in ours.iter().zip(theirs) {
            // Both compute in f64, in sums of a few numbers near 1: they differ by rounding alone.
            assert!((ours - theirs).abs() < 1e-10, "{} {what}: {ours}, PyTorch has {theirs}", self.layer);
            self.worst = self.worst.max((ours - theirs).abs());
        }
    }

    fn fill_norm(&self, norm: &mut Norm, name: &str) {
        norm.gain.copy_from(&self.of_layer(&format!("{name}.weight")));
        norm.bias.copy_from(&self.of_layer(&format!("{name}.bias")));
    }

    fn fill_linear<In: ConstDim, Out: ConstDim>(&self, linear: &mut Linear<In, Out, f64, Cpu>, name: &str) {
        linear.weight.copy_from(&self.of_layer(&format!("{name}.weight")));
        linear.bias.copy_from(&self.of_layer(&format!("{name}.bias")));
    }

    fn fill_attention(&self, attention: &mut Attention, name: &str) {
        let weights = self.of_layer(&format!("{name}.in_proj_weight"));
        let biases = self.of_layer(&format!("{name}.in_proj_bias"));
        for (i, part) in
            [&mut attention.query, &mut attention.key, &mut attention.value].into_iter().enumerate()
        {
            part.weight.copy_from(&weights[16 * i..16 * (i + 1)]);
            part.bias.copy_from(&biases[4 * i..4 * (i + 1)]);
        }
        self.fill_linear(&mut attention.output, &format!("{name}.out_proj"));
    }

    fn fill_feed_forward(&self, feed_forward: &mut FeedForward<Const<4>, Const<6>, f64, Cpu>) {
        self.fill_linear(&mut feed_forward.up, "linear1");
        self.fill_linear(&mut feed_forward.down, "linear2");
    }

    fn compare_norm(&mut self, gradients: &Gradients<f64, Cpu>, norm: &Norm, name: &str) {
        for (ours, part) in [(&norm.gain, "weight"), (&norm.bias, "bias")] {
            let theirs = self.of_layer(&format!("{name}.{part}.grad"));
            self.compare(&gradients.get(ours).as_vec(), &theirs, name);
        }
    }

    fn compare_linear<In: ConstDim, Out: ConstDim>(
        &mut self,
        gradients: &Gradients<f64, Cpu>,
        linear: &Linear<In, Out, f64, Cpu>,
        name: &str,
    ) {
        let theirs = self.of_layer(&format!("{name}.weight.grad"));
        self.compare(&gradients.get(&linear.weight).as_vec(), &theirs, name);
        let theirs = self.of_layer(&format!("{name}.bias.grad"));
        self.compare(&gradients.get(&linear.bias).as_vec(), &theirs, name);
    }

    fn compare_attention(&mut self, gradients: &Gradients<f64, Cpu>, attention: &Attention, name: &str) {
        let weights = self.of_layer(&format!("{name}.in_proj_weight.grad"));
        let biases = self.of_layer(&format!("{name}.in_proj_bias.grad"));
        for (i, part) in [&attention.query, &attention.key, &attention.value].into_iter().enumerate() {
            self.compare(&gradients.get(&part.weight).as_vec(), &weights[16 * i..16 * (i + 1)], name);
            self.compare(&gradients.get(&part.bias).as_vec(), &biases[4 * i..4 * (i + 1)], name);
        }
        self.compare_linear(gradients, &attention.output, &format!("{name}.out_proj"));
    }

    fn compare_feed_forward(
        &mut self,
        gradients: &Gradients<f64, Cpu>,
        feed_forward: &FeedForward<Const<4>, Const<6>, f64, Cpu>,
    ) {
        self.compare_linear(gradients, &feed_forward.up, "linear1");
        self.compare_linear(gradients, &feed_forward.down, "linear2");
    }
}

#[test]
fn encoder_and_decoder_layers_are_those_of_pytorch() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/transformer.safetensors");
    let bytes = std::fs::read(path).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let mut fixture = Fixture { file, layer: String::new(), worst: 0.0 };
    let (x, source) = (fixture.sequences("x", SEQ), fixture.sequences("source", 5));
    let masks: Masks<f64, Cpu> =
        causal_mask(&Cpu::default(), SEQ).broadcast_like::<_, Axis<0>>(&(ROWS, SEQ, SEQ));
    for (place, name) in [(Place::Before, "before"), (Place::After, "after")] {
        let design = Design { place, ..Design::default() };

        fixture.layer = format!("encoder.{name}");
        let mut layer = Block::<Four, f64, Cpu>::build(&Cpu::default());
        fixture.fill_attention(&mut layer.attention, "self_attn");
        fixture.fill_feed_forward(&mut layer.feed_forward);
        fixture.fill_norm(&mut layer.norm1, "norm1");
        fixture.fill_norm(&mut layer.norm2, "norm2");
        let output = layer.encode(
            x.clone().put_tape(OwnedTape::default()),
            Some(&masks),
            design,
            &mut Dropout::off(),
        );
        fixture.compare(&output.as_vec(), &fixture.of_layer("output"), "output");
        let gradients = (output * fixture.sequences("coefficients", SEQ)).sum::<Rank0, _>().backward();
        fixture.compare(&gradients.get(&x).as_vec(), &fixture.of_layer("x.grad"), "x");
        fixture.compare_attention(&gradients, &layer.attention, "self_attn");
        fixture.compare_feed_forward(&gradients, &layer.feed_forward);
        fixture.compare_norm(&gradients, &layer.norm1, "norm1");
        fixture.compare_norm(&gradients, &layer.norm2, "norm2");

        fixture.layer = format!("decoder.{name}");
        let mut layer = DecoderLayer::<Four, f64, Cpu>::build(&Cpu::default());
        fixture.fill_attention(&mut layer.attention, "self_attn");
        fixture.fill_attention(&mut layer.cross, "multihead_attn");
        fixture.fill_feed_forward(&mut layer.feed_forward);
        fixture.fill_norm(&mut layer.norm1, "norm1");
        fixture.fill_norm(&mut layer.norm2, "norm2");
        fixture.fill_norm(&mut layer.norm3, "norm3");
        let reads = x.clone().put_tape(OwnedTape::default());
        let output = layer.run(reads, &source, (Some(&masks), None), design, &mut Dropout::off());
        fixture.compare(&output.as_vec(), &fixture.of_layer("output"), "output");
        let gradients = (output * fixture.sequences("coefficients", SEQ)).sum::<Rank0, _>().backward();
        fixture.compare(&gradients.get(&x).as_vec(), &fixture.of_layer("x.grad"), "x");
        fixture.compare(&gradients.get(&source).as_vec(), &fixture.of_layer("source.grad"), "source");
        fixture.compare_attention(&gradients, &layer.attention, "self_attn");
        fixture.compare_attention(&gradients, &layer.cross, "multihead_attn");
        fixture.compare_feed_forward(&gradients, &layer.feed_forward);
        fixture.compare_norm(&gradients, &layer.norm1, "norm1");
        fixture.compare_norm(&gradients, &layer.norm2, "norm2");
        fixture.compare_norm(&gradients, &layer.norm3, "norm3");
    }
    println!("{:.1e}", fixture.worst);
}
