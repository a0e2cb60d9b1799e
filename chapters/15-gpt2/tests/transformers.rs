//! The model against Hugging Face's `transformers` on random weights: `tests/fixtures/make.py` made
//! the folder `gpt2`.
//!
//! `transformers` computed in f64 and the model here computes in f32, so 10⁻⁴ is asked of numbers
//! of the size of one.

use deep_networks::Dropout;
use dfdx::prelude::{Backward, Cpu, Rank0, SplitTape, Tensor, Trace, ZeroGrads, ZerosTensor};
use gpt2::names::Source;
use gpt2::sizes::Small;
use gpt2::weights::Weights;
use mini_gpt::LanguageModel;
use mini_gpt::generate::Writer;
use mini_gpt::sampling::Sampling;
use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView};
use std::path::{Path, PathBuf};
use std::process::Command;
use tensors::seeds;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/gpt2")
}

struct Expected(Vec<u8>);

impl Expected {
    fn load() -> Self {
        Self(std::fs::read(folder().join("expected.safetensors")).unwrap())
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        let file = SafeTensors::deserialize(&self.0).unwrap();
        file.tensor(name).unwrap_or_else(|error| panic!("{name}: {error}")).data().to_vec()
    }

    fn numbers(&self, name: &str) -> Vec<f32> {
        self.bytes(name).as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect()
    }

    fn ids(&self, name: &str) -> Vec<usize> {
        self.bytes(name).as_chunks().0.iter().map(|b| i64::from_le_bytes(*b) as usize).collect()
    }
}

fn model(folder: &Path) -> Small<Cpu> {
    Weights::open(folder).unwrap().fill(&Cpu::default()).unwrap()
}

/// The largest difference, as a share of the largest number.
fn distance(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    let largest = b.iter().fold(0.0_f32, |m, x| m.max(x.abs()));
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max) / largest
}

#[test]
fn logits_and_loss_are_those_of_transformers() {
    let (expected, model) = (Expected::load(), model(&folder()));
    let ids = expected.ids("ids");
    let far = distance(&model.logits(&ids), &expected.numbers("logits"));
    assert!(far < 1e-5, "logits: {far:e}");
    let loss =
        model.loss(&ids[..23], &ids[1..], 1, dfdx::prelude::NoneTape, &mut Dropout::off()).as_vec()[0];
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
    let mut gradients = model.loss(&ids[..23], &ids[1..], 1, tape, &mut Dropout::off()).backward();
    let gradient = deep_networks::gradient_of(&model, &mut gradients);
    let mut compare = Compare(&expected, 0);
    let Ok(_) =
        Small::<Cpu>::iter_tensors(&mut RecursiveWalker { m: (&gradient, String::new()), f: &mut compare });
    assert_eq!(compare.1, 4 + 5 * 16, "every parameter was compared");
}

#[test]
fn a_hundred_tokens_are_continued_alike() {
    let (expected, model) = (Expected::load(), model(&folder()));
    let (mut writer, mut rng) = (Writer::new(&model, 512, expected.ids("ids")), seeds::generator(1));
    let ours: Vec<usize> = (0..100).map(|_| writer.write(&Sampling::at(0.0), &mut rng)).collect();
    assert_eq!(ours, expected.ids("greedy"));
}

/// The tensors of the fixture, changed, in a folder with its config.
fn changed(
    change: impl Fn(String, Vec<usize>, Vec<u8>) -> Option<(String, Dtype, Vec<usize>, Vec<u8>)>,
) -> tempfile::TempDir {
    let other = tempfile::tempdir().unwrap();
    let bytes = std::fs::read(folder().join("model.safetensors")).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let tensors: Vec<_> = file
        .iter()
        .filter_map(|(name, view)| change(name.to_owned(), view.shape().to_vec(), view.data().to_vec()))
        .collect();
    let views = tensors.iter().map(|(name, dtype, shape, bytes)| {
        (name.clone(), TensorView::new(*dtype, shape.clone(), bytes).unwrap())
    });
    std::fs::write(other.path().join("model.safetensors"), safetensors::serialize(views, None).unwrap())
        .unwrap();
    std::fs::copy(folder().join("config.json"), other.path().join("config.json")).unwrap();
    other
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

fn gpt2(arguments: &[&str], model: &Path) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_gpt2"))
        .args(arguments)
        .arg("--model")
        .arg(model)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_program_prints_what_the_library_computes() {
    let expected = Expected::load();
    let ids = expected.ids("ids").iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let json = |arguments: &[&str]| -> serde_json::Value {
        let (status, out, error) = gpt2(arguments, &folder());
        assert_eq!(status, Some(0), "{error}");
        serde_json::from_str(&out).unwrap()
    };
    let logits = json(&["logits", "--ids", &ids, "--json"]);
    let rows = logits["logits"].as_array().unwrap();
    assert_eq!(rows.len(), 24);
    let numbers: Vec<f32> =
        rows.iter().flat_map(|row| row.as_array().unwrap()).map(|x| x.as_f64().unwrap() as f32).collect();
    assert!(distance(&numbers, &expected.numbers("logits")) < 1e-5);
    let loss = json(&["loss", "--ids", &ids, "--json"])["loss"].as_f64().unwrap();
    assert!((loss - f64::from(expected.numbers("loss")[0])).abs() < 1e-4);
    let written = json(&["generate", "--ids", &ids, "--tokens", "100", "--greedy", "--json"]);
    let written_ids: Vec<usize> =
        written["ids"].as_array().unwrap().iter().map(|id| id.as_u64().unwrap() as usize).collect();
    assert_eq!(written_ids, expected.ids("greedy"));
    assert!(written["text"].is_null(), "the folder has no tokenizer");
    let (status, out, _) = gpt2(&["generate", "--ids", "1,2", "--tokens", "3", "--explain"], &folder());
    assert_eq!((status, out.lines().count()), (Some(0), 3));
    assert!(out.contains("rank "), "{out}");
}

#[test]
fn wrong_and_damaged_folders_get_one_line() {
    let refused = |arguments: &[&str], model: &Path, expected: &str| {
        let (status, out, error) = gpt2(arguments, model);
        assert_eq!((status, out.as_str(), error.lines().count()), (Some(2), "", 1), "{error}");
        assert!(error.starts_with("gpt2: ") && error.contains(expected), "{expected:?} is not in: {error}");
    };
    let logits = ["logits", "--ids", "1,2", "--json"];
    refused(&logits, Path::new("/no/such/folder"), "cannot read /no/such/folder/config.json");
    refused(&["logits", "--ids", "1,1000"], &folder(), "token id 1000 is outside");
    refused(&["logits", "--ids", "1,x"], &folder(), "is no token id");
    refused(&["loss", "--ids", "7"], &folder(), "a loss needs two");
    refused(&["loss", "--ids", &vec!["1"; 513].join(",")], &folder(), "the model has 512 positions");
    refused(&["loss", "--prompt", "text"], &folder(), "vocab.json");
    refused(&["generate"], &folder(), "--ids");
    refused(&["generate", "--ids", "1", "--top-k", "0"], &folder(), "--top-k 0 is out of range");

    let whole = |name: String, shape: Vec<usize>, bytes: Vec<u8>| Some((name, Dtype::F32, shape, bytes));
    let damaged = changed(whole);
    let path = damaged.path().join("model.safetensors");
    let good = std::fs::read(&path).unwrap();
    for (bytes, expected) in [
        (&good[..good.len() - 10], "cut off"),
        (&good[..5], "cut off or no safetensors"),
        (b"not a safetensors file", "no safetensors file"),
        (&[&good[..], b"more"].concat(), "cut off or damaged"),
    ] {
        std::fs::write(&path, bytes).unwrap();
        refused(&logits, damaged.path(), expected);
    }
    std::fs::remove_file(&path).unwrap();
    refused(&logits, damaged.path(), "cannot read");
    let lacking = changed(|name, shape, bytes| {
        whole(name, shape, bytes).filter(|(name, ..)| !name.contains("h.3.mlp.c_fc.bias"))
    });
    refused(&logits, lacking.path(), "no tensor transformer.h.3.mlp.c_fc.bias");
    let foreign = changed(|name, shape, bytes| whole(name.replace("ln_f.bias", "ln_g.bias"), shape, bytes));
    refused(&logits, foreign.path(), "no tensor transformer.ln_f.bias");
    let turned = changed(|name, mut shape, bytes| {
        if name.contains("c_fc.weight") {
            shape.reverse();
        }
        whole(name, shape, bytes)
    });
    refused(&logits, turned.path(), "has the shape [128, 32], the config says [32, 128]");
    let infinite = changed(|name, shape, mut bytes| {
        if name.contains("ln_f.weight") {
            bytes[..4].copy_from_slice(&f32::INFINITY.to_le_bytes());
        }
        whole(name, shape, bytes)
    });
    refused(&logits, infinite.path(), "holds inf");

    let other = tempfile::tempdir().unwrap();
    let config = std::fs::read_to_string(folder().join("config.json")).unwrap();
    std::fs::write(other.path().join("config.json"), config.replace("\"n_layer\": 5", "\"n_layer\": 6"))
        .unwrap();
    refused(&logits, other.path(), "no model of this size is compiled in (6 layers");
}
