//! The model against Hugging Face's `transformers` on random weights: `tests/fixtures/make.py` made
//! the folder `gpt2`.
//!
//! `transformers` computed in f64 and the model here computes in f32, so 10⁻⁴ is asked of numbers
//! of the size of one.

mod fixture;

use deep_networks::Dropout;
use dfdx::prelude::{Backward, Cpu, Rank0, SplitTape, Tensor, Trace, ZeroGrads, ZerosTensor};
use fixture::{Expected, changed, distance, folder};
use generation::{Sampling, Writer};
use gpt::data::Batch;
use gpt::{Gpt, LanguageModel};
use pretrained::names::Source;
use pretrained::sizes::Small;
use pretrained::weights::Weights;
use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView};
use std::path::Path;
use tensors::seeds;

fn model(folder: &Path) -> Gpt<Small> {
    Weights::open(folder).unwrap().fill(&Cpu::default()).unwrap()
}

#[test]
fn logits_and_loss_are_those_of_transformers() {
    let (expected, model) = (Expected::load(), model(&folder()));
    let ids = expected.ids("ids");
    let far = distance(&model.logits(&ids), &expected.numbers("logits"));
    assert!(far < 1e-5, "logits: {far:e}");
    let batch = Batch::at(&ids, &[0], 23);
    let loss = model.loss(&batch, dfdx::prelude::NoneTape, &mut Dropout::off()).as_vec()[0];
    assert!((loss - expected.numbers("loss")[0]).abs() < 1e-4, "{loss}");
}

#[test]
fn every_gradient_is_that_of_transformers() {
    use dfdx::prelude::{
        RecursiveWalker, Shape, TensorCollection, TensorOptions, TensorVisitor, ViewTensorName,
        ViewTensorRef,
    };
    /// Compares each parameter of a gradient with its part of the fixture's.
    struct Compare<'a>(&'a Expected, usize);
    impl TensorVisitor<f32, Cpu> for Compare<'_> {
        type Viewer = (ViewTensorRef, ViewTensorName);
        type Err = std::convert::Infallible;
        type E2 = f32;
        type D2 = Cpu;
        fn visit<S: Shape>(
            &mut self,
            _: TensorOptions<S, f32, Cpu>,
            (gradient, name): (&Tensor<S, f32, Cpu>, String),
        ) -> Result<Option<Tensor<S, f32, Cpu>>, Self::Err> {
            use dfdx::prelude::HasShape;
            let shape: Vec<usize> = gradient.shape().concrete().into_iter().collect();
            let source = Source::of(&name);
            let stored = self.0.numbers(&format!("transformer.{}.grad", source.name));
            // As a share of the largest in the file's tensor: the gradient of a key's bias is 0 but
            // for rounding, since it adds the same to all scores of a row, which a softmax does not
            // see.
            let largest = stored.iter().fold(0.0_f32, |m, x| m.max(x.abs()));
            let (ours, theirs) = (gradient.as_vec(), source.take(&stored, &shape));
            assert_eq!(ours.len(), theirs.len(), "{name}");
            for (ours, theirs) in ours.iter().zip(theirs) {
                assert!((ours - theirs).abs() < 1e-4 * largest, "{name}: {ours} {theirs}");
            }
            self.1 += 1;
            Ok(None)
        }
    }
    let (expected, model) = (Expected::load(), model(&folder()));
    let ids = expected.ids("ids");
    let start: Tensor<Rank0, f32, Cpu> = Cpu::default().zeros();
    let (_, tape) = start.traced(model.alloc_grads()).split_tape();
    let mut gradients = model.loss(&Batch::at(&ids, &[0], 23), tape, &mut Dropout::off()).backward();
    let gradient = deep_networks::gradient_of(&model, &mut gradients);
    let mut compare = Compare(&expected, 0);
    let Ok(_) =
        Gpt::<Small>::iter_tensors(&mut RecursiveWalker { m: (&gradient, String::new()), f: &mut compare });
    assert_eq!(compare.1, 4 + 5 * 16, "every parameter was compared");
}

#[test]
fn a_hundred_tokens_are_continued_alike() {
    let (expected, model) = (Expected::load(), model(&folder()));
    let (mut writer, mut rng) = (Writer::new(&model, 512, expected.ids("ids")), seeds::generator(1));
    let ours: Vec<usize> = (0..100).map(|_| writer.write(&Sampling::at(0.0), &mut rng)).collect();
    assert_eq!(ours, expected.ids("greedy"));
}

#[test]
fn files_without_the_prefix_and_with_masks_and_a_tied_output_are_the_same_model() {
    let ids = Expected::load().ids("ids");
    let logits = model(&folder()).logits(&ids);
    let without = changed(|name, shape, bytes| {
        Some((name.strip_prefix("transformer.").unwrap().to_owned(), Dtype::F32, shape, bytes))
    });
    assert_eq!(model(without.path()).logits(&ids), logits);
    // A mask as old files have it: in the place of a weight that would be too many.
    let with_more = changed(|name, shape, bytes| Some((name, Dtype::F32, shape, bytes)));
    let path = with_more.path().join("model.safetensors");
    let bytes = std::fs::read(&path).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let mask = TensorView::new(Dtype::U8, vec![1, 1, 2, 2], &[1, 0, 1, 1]).unwrap();
    let mut views: Vec<(String, TensorView)> = file.tensors();
    views.push(("transformer.h.0.attn.bias".to_owned(), mask));
    views.push(("lm_head.weight".to_owned(), file.tensor("transformer.wte.weight").unwrap()));
    let more = safetensors::serialize(views, None).unwrap();
    std::fs::write(&path, more).unwrap();
    assert_eq!(model(with_more.path()).logits(&ids), logits);
}

#[test]
fn weights_of_sixteen_bits_are_read() {
    let ids = Expected::load().ids("ids");
    let logits = model(&folder()).logits(&ids);
    for (dtype, narrow) in [
        (Dtype::BF16, (|x| half::bf16::from_f32(x).to_le_bytes()) as fn(f32) -> [u8; 2]),
        (Dtype::F16, |x| half::f16::from_f32(x).to_le_bytes()),
    ] {
        let other = changed(|name, shape, bytes| {
            let numbers = bytes.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b));
            Some((name, dtype, shape, numbers.flat_map(narrow).collect()))
        });
        let far = distance(&model(other.path()).logits(&ids), &logits);
        // Three figures of each weight are left, or two: the scores are near, and not the same.
        assert!(far > 1e-6 && far < 0.1, "{dtype:?}: {far}");
    }
}
