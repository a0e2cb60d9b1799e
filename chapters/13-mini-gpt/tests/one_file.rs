//! The GPT in one file is the book's GPT: of the same weights it makes the same scores, the same loss
//! and the same gradients.

#[path = "../examples/gpt.rs"]
#[expect(dead_code)] // training and writing
mod one_file;

use deep_networks::Dropout;
use dfdx::prelude::{
    Backward, BuildModule, Cpu, CpuError, Gradients, NoneTape, OwnedTape, RecursiveWalker, SampleTensor,
    Shape, Tensor, TensorCollection, TensorOptions, TensorVisitor, ViewTensorName, ViewTensorRef,
};
use gpt::data::Batch;
use gpt::sizes::Tiny;
use gpt::{Gpt, LanguageModel};
use rand::Rng;
use tensors::seeds;

/// Both round, in another order.
const TOLERANCE: f32 = 1e-5;

/// Both models made of the same tensors, so that a parameter's gradient has one name in both.
fn models() -> (one_file::Gpt, Gpt<Tiny>) {
    let cpu = Cpu::seed_from_u64(1);
    let mut plain: one_file::Gpt = BuildModule::build(&cpu);
    let mut book = Gpt::<Tiny>::build(&cpu);
    macro_rules! share {
        ($($book:expr => $from:expr),*) => {$(
            $book.weight = $from.weight.clone();
            $book.bias = $from.bias.clone();
        )*};
    }
    macro_rules! share_norm {
        ($book:expr => $from:expr) => {
            // A norm starts with ones and zeros: exchanged or forgotten, they would not be missed.
            $from.gamma = cpu.sample_normal();
            $from.beta = cpu.sample_normal();
            $book.gain = $from.gamma.clone();
            $book.bias = $from.beta.clone();
        };
    }
    let (tokens, positions, blocks, norm) = &mut plain;
    book.tokens.weight = tokens.weight.clone();
    book.positions.table = positions.weight.clone();
    for (from, book) in blocks.modules.iter_mut().zip(&mut book.blocks.modules) {
        let (norm1, (query, key, value, output), norm2, (up, down)) = from;
        share_norm!(book.norm1 => norm1);
        let attention = &mut book.attention;
        share!(attention.query => query, attention.key => key, attention.value => value, attention.output => output);
        share_norm!(book.norm2 => norm2);
        share!(book.feed_forward.up => up, book.feed_forward.down => down);
    }
    share_norm!(book.norm => norm);
    (plain, book)
}

/// So many random bytes.
fn bytes(count: usize, seed: u64) -> Vec<usize> {
    let mut rng = seeds::generator(seed);
    (0..count).map(|_| usize::from(rng.r#gen::<u8>())).collect()
}

/// The largest difference of two lists of the same length.
fn difference(one: &[f32], other: &[f32]) -> f32 {
    assert_eq!(one.len(), other.len());
    one.iter().zip(other).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn it_gives_the_same_scores() {
    let (plain, book) = models();
    for (batch, seq) in [(1, 1), (1, 64), (3, 20)] {
        let ids = bytes(batch * seq, 2);
        let own = one_file::forward(&plain, &ids, batch, NoneTape).as_vec();
        let expected = book.forward(&ids, batch, NoneTape, &mut Dropout::off()).as_vec();
        let far = difference(&own, &expected);
        assert!(far < TOLERANCE, "{batch} texts of {seq}: the scores differ by {far}");
    }
}

/// The largest difference of two gradients in each parameter, by name.
struct Compare<'a>([&'a Gradients<f32, Cpu>; 2], Vec<(String, usize, f32)>);

impl TensorVisitor<f32, Cpu> for Compare<'_> {
    type Viewer = (ViewTensorRef, ViewTensorName);
    type Err = CpuError;
    type E2 = f32;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, Cpu>,
        (parameter, name): (&Tensor<S, f32, Cpu>, String),
    ) -> Result<Option<Tensor<S, f32, Cpu>>, CpuError> {
        let [own, expected] = self.0.map(|gradients| gradients.get(parameter).as_vec());
        self.1.push((name, own.len(), difference(&own, &expected)));
        Ok(None)
    }
}

#[test]
fn it_gives_the_same_loss_and_the_same_gradient_of_every_parameter() {
    let (plain, book) = models();
    let (batch, seq) = (3, 20);
    let (inputs, targets) = (bytes(batch * seq, 3), bytes(batch * seq, 4));
    let own = one_file::loss(&plain, &inputs, &targets, batch, OwnedTape::default());
    let batch = Batch { inputs, targets, weights: None, rows: batch };
    let expected = book.loss(&batch, OwnedTape::default(), &mut Dropout::off());
    assert!(difference(&own.as_vec(), &expected.as_vec()) < TOLERANCE);

    let (own, expected) = (own.backward(), expected.backward());
    let mut compare = Compare([&own, &expected], Vec::new());
    one_file::Gpt::iter_tensors(&mut RecursiveWalker { m: (&plain, String::new()), f: &mut compare })
        .unwrap();
    let Compare(_, found) = compare;
    for (name, _, far) in &found {
        assert!(*far < TOLERANCE, "the gradients of {name} differ by {far}");
    }
    let compared: usize = found.iter().map(|(_, count, _)| count).sum();
    assert_eq!(compared, gpt::Shape::of::<Tiny>().total());
}
