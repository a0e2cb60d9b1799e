//! LoRA against PEFT, which adapts the same weights; against full fine-tuning; and as a part of a run.

use adaptation::adapter::{self, CONFIG, TENSORS};
use adaptation::lora::{Adapters, Config, Lora};
use adaptation::targets::Target;
use deep_networks::{Dropout, Optimiser, Rule, add, by_name, gradient_of};
use dfdx::prelude::{
    Backward, BuildModule, Const, Cpu, NoneTape, OwnedTape, RecursiveWalker, Shape, Tensor,
    TensorCollection, TensorFromVec, TensorOptions, TensorVisitor, ViewTensorMut, ViewTensorName,
};
use gpt::data::Batch;
use gpt::initialise::initialise;
use gpt::sizes::Tiny;
use gpt::{Gpt, LanguageModel};
use safetensors::SafeTensors;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use tensors::seeds;

gpt::sizes!(Small { vocab: 11, context: 8, model: 6, heads: 2, head_dim: 3, hidden: 10, layers: 2 });

/// Both round in f32, in another order.
const TOLERANCE: f32 = 1e-5;

fn peft() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/peft")
}

/// The tensors of a file by name, as f32 (integers too).
fn tensors(path: &Path) -> HashMap<String, (Vec<usize>, Vec<f32>)> {
    let bytes = std::fs::read(path).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let numbers = |view: &safetensors::tensor::TensorView<'_>| match view.dtype() {
        safetensors::tensor::Dtype::F32 => {
            view.data().chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().unwrap())).collect()
        }
        _ => {
            view.data().chunks_exact(8).map(|b| i64::from_le_bytes(b.try_into().unwrap()) as f32).collect()
        }
    };
    file.tensors()
        .iter()
        .map(|(name, view)| (name.clone(), (view.shape().to_vec(), numbers(view))))
        .collect()
}

fn ids(numbers: &[f32]) -> Vec<usize> {
    numbers.iter().map(|&number| number as usize).collect()
}

struct Fill<'a>(&'a HashMap<String, (Vec<usize>, Vec<f32>)>);

impl TensorVisitor<f32, Cpu> for Fill<'_> {
    type Viewer = (ViewTensorMut, ViewTensorName);
    type Err = <Cpu as dfdx::prelude::HasErr>::Err;
    type E2 = f32;
    type D2 = Cpu;

    fn visit<S: Shape>(
        &mut self,
        _: TensorOptions<S, f32, Cpu>,
        (tensor, name): (&mut Tensor<S, f32, Cpu>, String),
    ) -> Result<Option<Tensor<S, f32, Cpu>>, Self::Err> {
        tensor.copy_from(&self.0[&format!("base.{name}")].1);
        Ok(None)
    }
}

/// The model that PEFT adapted.
fn base(expected: &HashMap<String, (Vec<usize>, Vec<f32>)>) -> Gpt<Small> {
    let mut model = Gpt::<Small>::build(&Cpu::default());
    TensorCollection::iter_tensors(&mut RecursiveWalker {
        m: (&mut model, String::new()),
        f: &mut Fill(expected),
    })
    .unwrap();
    model
}

fn far(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn an_adapter_of_peft_does_here_what_it_does_there() {
    let expected = tensors(&peft().join("expected.safetensors"));
    let lora: Lora<Small, Const<4>> = adapter::load(&peft(), base(&expected)).unwrap();
    assert_eq!((lora.config.r, lora.config.lora_alpha), (3, 6.0));
    assert_eq!(lora.config.target_modules, [Target::Query, Target::Value, Target::Up]);
    let (inputs, targets) = (ids(&expected["ids"].1), ids(&expected["targets"].1));
    let found = lora.merged().forward(&inputs, 2, NoneTape, &mut Dropout::off()).as_vec();
    assert!(far(&found, &expected["logits"].1) < TOLERANCE, "{}", far(&found, &expected["logits"].1));
    // Without the adapter it says something else.
    let without = lora.base.forward(&inputs, 2, NoneTape, &mut Dropout::off()).as_vec();
    assert!(far(&without, &expected["logits"].1) > 0.1);

    let batch = Batch { inputs, targets, weights: None, rows: 2 };
    let loss = lora.loss(&batch, OwnedTape::default(), &mut Dropout::off());
    assert!((loss.as_vec()[0] - expected["loss"].1[0]).abs() < TOLERANCE);
    let gradient: HashMap<_, _> =
        by_name(&gradient_of(&lora.adapters, &mut loss.backward())).into_iter().collect();
    let mut compared = 0;
    for (name, (shape, slopes)) in expected.iter().filter(|(name, _)| name.starts_with("grad.")) {
        // grad.base_model.model.blocks.0.attention.query.lora_A.weight
        let parts: Vec<&str> = name.split('.').collect();
        let (block, matrix, side) = (parts[4], parts[6], if parts[7] == "lora_A" { "a" } else { "b" });
        let all = &gradient[&format!("{block}.{matrix}.{side}")];
        // Ours has room for a rank of 4.
        let width = if side == "b" { 4 } else { shape[1] };
        let ours: Vec<f32> =
            all.chunks_exact(width).take(shape[0]).flat_map(|row| row[..shape[1]].to_vec()).collect();
        assert!(slopes.iter().any(|slope| slope.abs() > 1e-3), "{name} has a gradient");
        assert!(far(&ours, slopes) < TOLERANCE, "{name}: {}", far(&ours, slopes));
        compared += 1;
    }
    assert_eq!(compared, 2 * 2 * 3);
}

#[test]
fn what_is_saved_is_what_peft_saves() {
    let expected = tensors(&peft().join("expected.safetensors"));
    let lora: Lora<Small, Const<6>> = adapter::load(&peft(), base(&expected)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    adapter::save(folder.path(), &lora).unwrap();
    assert_eq!(tensors(&folder.path().join(TENSORS)), tensors(&peft().join(TENSORS)));
    let config = |folder: &Path| -> serde_json::Value {
        serde_json::from_str(&std::fs::read_to_string(folder.join(CONFIG)).unwrap()).unwrap()
    };
    let (ours, theirs) = (config(folder.path()), config(&peft()));
    for (key, value) in ours.as_object().unwrap().iter().filter(|(key, _)| *key != "target_modules") {
        let same = value == &theirs[key]
            || value.as_f64().is_some_and(|number| theirs[key].as_f64() == Some(number));
        assert!(same, "{key}: {value}, PEFT writes {}", theirs[key]);
    }
    let names = |config: &serde_json::Value| {
        let mut names: Vec<String> = serde_json::from_value(config["target_modules"].clone()).unwrap();
        names.sort_unstable();
        names
    };
    assert_eq!(names(&ours), names(&theirs));
}

fn model() -> Gpt<Tiny> {
    let mut model = Gpt::<Tiny>::build(&Cpu::default());
    initialise(&mut model, 3);
    model
}

fn config(r: usize, targets: &[Target]) -> Config {
    Config { r, lora_alpha: 16.0, target_modules: targets.to_vec() }
}

fn lora(r: usize, targets: &[Target]) -> Lora<Tiny, Const<8>> {
    Lora::new(model(), config(r, targets), 1).unwrap()
}

fn batch(shift: usize) -> Batch {
    let tokens: Vec<usize> = (0..41).map(|i| (i * i + shift) % 256).collect();
    Batch { inputs: tokens[..40].to_vec(), targets: tokens[1..].to_vec(), weights: None, rows: 2 }
}

/// One step of `optimiser` on what `lora` trains, at the rate 0.01; of B alone if A is frozen.
fn step<const R: usize>(
    lora: &mut Lora<Tiny, Const<R>>,
    optimiser: &mut Optimiser<Adapters<Tiny, Const<R>, f32, Cpu>>,
    shift: usize,
    freeze_a: bool,
) {
    let loss = lora.loss(&batch(shift), OwnedTape::default(), &mut Dropout::off());
    let mut gradient = gradient_of(&lora.adapters, &mut loss.backward());
    if freeze_a {
        for block in &mut gradient.modules {
            block.query.a.copy_from(&vec![0.0; R * 32]);
        }
    }
    optimiser.update(&mut lora.adapters, &gradient, 0.01);
}

#[test]
fn an_adapted_model_begins_as_the_model_and_only_its_adapters_move() {
    let mut lora = lora(4, &Target::ALL);
    let logits =
        |model: &Gpt<Tiny>| model.forward(&batch(0).inputs, 2, NoneTape, &mut Dropout::off()).as_vec();
    assert_eq!(logits(&lora.merged()), logits(&lora.base));
    let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.99] }, &Cpu::default());
    for shift in 0..3 {
        step(&mut lora, &mut optimiser, shift, false);
    }
    assert_eq!(by_name(&lora.base), by_name(&model()));
    assert!(far(&logits(&lora.merged()), &logits(&lora.base)) > 1e-2);
    for (name, numbers) in by_name(&lora.adapters) {
        assert!(numbers.iter().any(|number| *number != 0.0), "{name} has not moved");
    }
}

#[test]
fn a_rank_that_is_less_than_the_room_stays_so() {
    let mut lora = lora(3, &[Target::Query, Target::Down]);
    let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.99] }, &Cpu::default());
    for shift in 0..5 {
        step(&mut lora, &mut optimiser, shift, false);
    }
    for (name, numbers) in by_name(&lora.adapters) {
        let is_b = name.rsplit('.').next() == Some("b");
        let is_adapted = name.contains(".query.") || name.contains(".down.");
        let width = if is_b { 8 } else { numbers.len() / 8 };
        for (place, number) in numbers.iter().enumerate() {
            let part = if is_b { place % width } else { place / width };
            assert_eq!(*number != 0.0, is_adapted && part < 3, "{name}, number {place}");
        }
    }
}

/// With A the identity and frozen, B A is any matrix, and its gradient is that of the matrix.
#[test]
fn at_full_rank_it_is_full_fine_tuning() {
    let adapted = Config { r: 32, lora_alpha: 32.0, target_modules: vec![Target::Query] };
    let mut lora = Lora::<Tiny, Const<32>>::new(model(), adapted, 1).unwrap();
    let identity: Vec<f32> = (0..32 * 32).map(|i| f32::from(i % 33 == 0)).collect();
    lora.adapters.modules.iter_mut().for_each(|block| block.query.a.copy_from(&identity));
    let mut full = model();
    let rule = Rule::AdamW { betas: [0.9, 0.99], weight_decay: 0.0 };
    let (mut of_lora, mut of_full) =
        (Optimiser::new(rule, &Cpu::default()), Optimiser::<Gpt<Tiny>>::new(rule, &Cpu::default()));
    for shift in 0..10 {
        step(&mut lora, &mut of_lora, shift, true);
        let loss = full.loss(&batch(shift), OwnedTape::default(), &mut Dropout::off());
        let gradient = gradient_of(&full, &mut loss.backward());
        // Of full fine-tuning only the queries' weights are to move.
        let (mut only, other) = (of_full.moment1.clone(), of_full.moment1.clone());
        add(&mut only, 0.0, &other, 0.0);
        for (into, from) in only.blocks.modules.iter_mut().zip(&gradient.blocks.modules) {
            into.attention.query.weight = from.attention.query.weight.clone();
        }
        of_full.update(&mut full, &only, 0.01);
    }
    let mut moved = 0.0_f32;
    for ((name, ours), (_, theirs)) in by_name(&lora.merged()).iter().zip(&by_name(&full)) {
        assert!(far(ours, theirs) < 1e-5, "{name}: {}", far(ours, theirs));
        let before: HashMap<_, _> = by_name(&model()).into_iter().collect();
        moved = moved.max(far(theirs, &before[name]));
    }
    assert!(moved > 0.05, "ten steps of 0.01 move something: {moved}");
}

#[test]
fn merged_weights_say_what_the_changes_say_beside_them() {
    let mut lora = lora(4, &[Target::Value]);
    let numbers = seeds::normal(&mut seeds::generator(2), 32 * 8, 0.1);
    lora.adapters.modules.iter_mut().for_each(|block| block.value.b.copy_from(&numbers));
    let x: Vec<f32> = seeds::normal(&mut seeds::generator(9), 32, 1.0);
    let (block, merged) = (&lora.adapters.modules[1].value, lora.merged());
    let (a, b) = (block.a.as_vec(), block.b.as_vec());
    let times = |matrix: &[f32], x: &[f32]| -> Vec<f32> {
        matrix.chunks_exact(x.len()).map(|row| row.iter().zip(x).map(|(w, x)| w * x).sum()).collect()
    };
    // W x + 16/4 · B (A x): the change is never a matrix.
    let change = times(&b, &times(&a, &x));
    let old = times(&lora.base.blocks.modules[1].attention.value.weight.as_vec(), &x);
    let beside: Vec<f32> = old.iter().zip(&change).map(|(old, change)| old + 4.0 * change).collect();
    let found = times(&merged.blocks.modules[1].attention.value.weight.as_vec(), &x);
    assert!(far(&found, &beside) < 1e-5);
    assert!(far(&found, &old) > 0.1);
}

#[test]
fn the_formula_counts_what_is_trained() {
    let shape = <Gpt<Tiny> as LanguageModel<Cpu>>::SHAPE;
    // 2 blocks, rank 3: four matrices of 32 + 32, two of 32 + 128.
    assert_eq!(config(3, &Target::ALL).parameters(&shape), 2 * 3 * (4 * 64 + 2 * 160));
    assert_eq!(config(3, &[Target::Key]).parameters(&shape), 2 * 3 * 64);
}

#[test]
fn nonsense_is_refused() {
    let refused = |config| Lora::<Tiny, Const<8>>::new(model(), config, 1).unwrap_err().to_string();
    assert_eq!(refused(config(0, &Target::ALL)), "a rank of 0 makes no sense: give 1 to 8");
    assert_eq!(refused(config(9, &Target::ALL)), "a rank of 9 makes no sense: give 1 to 8");
    assert_eq!(refused(config(1, &[])), "nothing is adapted: name a matrix at least");
    let alpha = Config { lora_alpha: f64::NAN, ..config(1, &Target::ALL) };
    assert_eq!(refused(alpha), "an alpha of NaN makes no sense: give a positive number");
}

#[test]
fn an_adapter_for_another_model_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    adapter::save(folder.path(), &lora(2, &[Target::Query, Target::Up])).unwrap();
    let loaded: Lora<Tiny, Const<8>> = adapter::load(folder.path(), model()).unwrap();
    assert_eq!(by_name(&loaded.adapters), by_name(&lora(2, &[Target::Query, Target::Up]).adapters));
    let refused = |folder: &Path| adapter::load::<_, Const<8>, _>(folder, model()).unwrap_err().to_string();

    // Other weights of the same shape.
    let mut other = model();
    initialise(&mut other, 4);
    let message = adapter::load::<_, Const<8>, _>(folder.path(), other).unwrap_err().to_string();
    assert!(message.ends_with("no adapter for this model: it was trained on other weights"), "{message}");
    // Another shape.
    let message = refused(&peft());
    assert!(message.contains("lora_A.weight is F32 [3, 6], not F32 [3, 32]"), "{message}");
    // A configuration that means something else.
    let path = folder.path().join(CONFIG);
    let good = std::fs::read_to_string(&path).unwrap();
    for (from, to, reason) in [
        ("\"LORA\"", "\"IA3\"", "it is of the kind IA3, not LORA"),
        ("\"bias\": \"none\"", "\"bias\": \"all\"", "its bias is set, which is not known here"),
        ("\"use_dora\": false", "\"use_dora\": true", "its use_dora is set"),
        ("\"query\"", "\"c_attn\"", "the model has no matrix c_attn"),
        ("\"up\"", "\"down\"", "it has no tensor"),
        ("\"r\": 2", "\"r\": 3", "is F32 [2, 32], not F32 [3, 32]"),
        ("{", "[", "adapter_config.json"),
    ] {
        assert!(good.contains(from), "{from}");
        std::fs::write(&path, good.replacen(from, to, 1)).unwrap();
        let message = refused(folder.path());
        assert!(message.contains(reason), "{to}: {message}");
    }
    std::fs::write(&path, &good).unwrap();
    let tensors = folder.path().join(TENSORS);
    let bytes = std::fs::read(&tensors).unwrap();
    std::fs::write(&tensors, &bytes[..bytes.len() - 3]).unwrap();
    assert!(refused(folder.path()).contains(TENSORS));
    std::fs::remove_file(&tensors).unwrap();
    assert!(refused(folder.path()).starts_with("cannot read "));
}

#[test]
fn an_adapter_with_numbers_that_are_none_is_not_saved() {
    let (mut lora, folder) = (lora(2, &[Target::Query]), tempfile::tempdir().unwrap());
    let cpu = Cpu::default();
    lora.adapters.modules[1].query.b = cpu.tensor_from_vec(vec![f32::NAN; 32 * 8], (Const, Const));
    let message = adapter::save(folder.path(), &lora).unwrap_err().to_string();
    assert!(message.contains("blocks.1.attention.query.lora_B.weight holds NaN"), "{message}");
    assert!(!folder.path().join(TENSORS).exists());
}
