//! The tools against TransformerLens, on a small model with random weights. `tests/fixtures/make.py` made the
//! file.

use deep_networks::by_name;
use dfdx::prelude::{BuildModule, Cpu};
use gpt::Gpt;
use gpt::flat::fill;
use gpt::seen::Place;
use interpretability::ablate::{Component, Filling, Means, without};
use interpretability::attribution::{Part, attribute, direction};
use interpretability::hooks::{Head, Kept, hooked};
use interpretability::lens::lens;
use interpretability::maps::Maps;
use interpretability::patch::{Patch, patched};
use safetensors::SafeTensors;

gpt::sizes!(Small { vocab: 12, context: 8, model: 8, heads: 2, head_dim: 4, hidden: 16, layers: 2 });

const TOKENS: [usize; 12] = [5, 0, 7, 3, 9, 5, 5, 4, 11, 0, 1, 8];

/// Both compute in f32, in another order.
const TOLERANCE: f32 = 2e-5;

struct Fixture(Vec<u8>);

impl Fixture {
    fn load() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/transformer_lens.safetensors");
        Self(std::fs::read(path).unwrap())
    }

    fn numbers(&self, name: &str) -> Vec<f32> {
        let tensors = SafeTensors::deserialize(&self.0).unwrap();
        let bytes = tensors.tensor(name).unwrap().data().to_vec();
        bytes.chunks(4).map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap())).collect()
    }

    fn model(&self) -> Gpt<Small> {
        let mut model = Gpt::<Small>::build(&Cpu::default());
        let names: Vec<String> = by_name(&model).into_iter().map(|(name, _)| name).collect();
        let numbers = names.iter().flat_map(|name| self.numbers(&format!("weights.{name}")));
        fill(&mut model, &numbers.collect::<Vec<_>>());
        model
    }
}

fn same(what: &str, ours: &[f32], theirs: &[f32]) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (i, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        assert!((ours - theirs).abs() < TOLERANCE, "{what}: number {i} is {ours}, theirs is {theirs}");
    }
}

#[test]
fn both_read_the_same_model() {
    let fixture = Fixture::load();
    same("scores", &hooked(&fixture.model(), &TOKENS, 2, |_, _| ()), &fixture.numbers("logits"));
}

#[test]
fn attention_maps() {
    let fixture = Fixture::load();
    let (maps, theirs) = (Maps::of(&fixture.model(), &TOKENS, 2), fixture.numbers("patterns"));
    let mut theirs = theirs.chunks(36);
    for block in 0..2 {
        for sequence in 0..2 {
            for head in 0..2 {
                let ours = maps.of_head(Head { block, head }, sequence).concat();
                same("attention", &ours, theirs.next().unwrap());
            }
        }
    }
}

#[test]
fn the_lens() {
    let fixture = Fixture::load();
    let ours: Vec<Vec<f32>> =
        lens(&fixture.model(), &TOKENS, 2).into_iter().map(|(_, scores)| scores).collect();
    same("the lens", &ours.concat(), &fixture.numbers("lens"));
}

#[test]
fn attribution() {
    let fixture = Fixture::load();
    let model = fixture.model();
    let kept = Kept::of(&model, &TOKENS[..6], 1);
    let parts = attribute(&model, &kept, &TOKENS[..6], 5, &direction(&model, 3, Some(8)));
    let of = |part: &dyn Fn(Part) -> bool| -> f32 {
        parts.iter().filter(|(other, _)| part(*other)).map(|(_, adds)| *adds as f32).sum()
    };
    // In the order in which TransformerLens lists them; it adds the biases of all heads' outputs.
    let mut ours: Vec<f32> =
        Head::all(2, 2).into_iter().map(|head| of(&|part| part == Part::Head(head))).collect();
    ours.extend((0..2).map(|block| of(&|part| part == Part::FeedForward(block))));
    ours.extend([Part::Token, Part::Position].map(|part| of(&|other| other == part)));
    ours.push(of(&|part| matches!(part, Part::OutputBias(_))));
    same("attribution", &ours, &fixture.numbers("attribution"));
}

#[test]
fn ablation_by_zeros_and_by_means() {
    let fixture = Fixture::load();
    let (model, taken) = (fixture.model(), [Component::Head(Head { block: 0, head: 1 })]);
    let zero = without(&model, &TOKENS, 2, &taken, Filling::Zero);
    same("zeros", &zero, &fixture.numbers("zero"));
    let means = Means::of(&model, &[&TOKENS[..6], &TOKENS[6..]]);
    same("means", &without(&model, &TOKENS, 2, &taken, Filling::Mean(&means)), &fixture.numbers("mean"));
}

#[test]
fn patching() {
    let fixture = Fixture::load();
    let model = fixture.model();
    let other = Kept::of(&model, &TOKENS[6..], 1);
    for (name, place, position, head) in
        [("patched.stream", Place::Thought(0), 1, None), ("patched.head", Place::Heads(1), 4, Some(0))]
    {
        let scores = patched(&model, &TOKENS[..6], &other, &[Patch { place, position, head }]);
        same(name, &scores, &fixture.numbers(name));
    }
}
