//! One run of each kind.

use super::record::{Facts, Guessed, Lost, People, Saved, Strings};
use dfdx::prelude::Cpu;
use gpt::evaluate::bits;
use gpt::{Gpt, Shape, Whole, with_model};
use kernels::Workers;
use kernels::measured::mean_and_error;
use language_models::story::Dials;
use scaling::capacity::beginnings::{self, Beginnings};
use scaling::capacity::learn::{Plan, learn};
use scaling::capacity::{saved, slopes, strings};
use scaling::rounded;
use scaling::rounding::Format;
use std::collections::BTreeMap;
use tensors::seeds;

transformer::sizes!(
    /// For strings, 16 wide.
    Narrow<const LAYERS> {
        vocab: strings::VOCABULARY, context: strings::LENGTH,
        model: 16, heads: 2, head_dim: 8, hidden: 64, layers: LAYERS
    }
);
transformer::sizes!(
    /// For beginnings, 16 wide.
    Knower {
        vocab: beginnings::VOCABULARY, context: beginnings::TOKENS - 1,
        model: 16, heads: 2, head_dim: 8, hidden: 64, layers: 1
    }
);
transformer::sizes!(
    /// For beginnings, with room for a whole world.
    Roomy {
        vocab: beginnings::VOCABULARY, context: beginnings::TOKENS - 1,
        model: 32, heads: 2, head_dim: 16, hidden: 128, layers: 1
    }
);

/// The sizes of models of strings.
pub const STRINGS: [Shape; 2] = [Shape::of::<Narrow<1>>(), Shape::of::<Narrow<2>>()];
/// The size of the model of people who are drawn evenly.
pub const FACTS: Shape = Shape::of::<Knower>();
/// The size of the model of people of whom some are told about more often than others.
pub const PEOPLE: Shape = Shape::of::<Roomy>();
/// People in the world of the slopes: so many that the end of their list hardly matters.
pub const WORLD: usize = 10_000;

/// Texts in a batch.
const ROWS: usize = 64;
/// Fewer for the slopes: a run that reads few stories should make steps enough.
const FEW_ROWS: usize = 32;
/// The seed of the beginnings by which models are judged.
const EXAM: u64 = 77;
/// How far the seed of a world that nobody has read of is from that of the world that was read of.
const UNREAD: u64 = 1000;

/// Trains on random strings.
pub fn strings(of: &Strings) -> Saved {
    let size = STRINGS.iter().find(|shape| shape.total() == of.parameters);
    with_model!(*size.expect("one of the sizes"), Cpu, [Narrow<1>, Narrow<2>], M => strings_with::<M>(of))
        .expect("a model for each shape")
}

fn strings_with<M: Whole<Cpu>>(of: &Strings) -> Saved {
    let (texts, mut rng) = (strings::Strings::new(of.count, of.seed), seeds::generator(of.seed + 100));
    let plan = Plan { steps: of.steps, rate: of.rate, seed: of.seed };
    let model: M = learn(plan, &Workers::alone(), || texts.batch(ROWS, &mut rng));
    left(&model, strings::Strings::bits(), |model| {
        texts.texts().map(|text| bits(model, text).iter().sum()).collect()
    })
}

/// Trains on people who are drawn evenly.
pub fn facts(of: &Facts) -> Saved {
    let world = world(0.0, of.people, of.seed);
    left(&reader(of, &world), world.fact_bits(), |model| costs(model, &world))
}

/// Trains the same model again, and asks it about as many people of another world.
pub fn guesses(of: &Facts) -> Guessed {
    let model = reader(of, &world(0.0, of.people, of.seed));
    let other = world(0.0, of.people, of.seed + UNREAD);
    let each: Vec<f64> =
        costs(&model, &other).into_iter().map(|cost| saved(other.fact_bits(), &[cost])).collect();
    let (mean, error) = mean_and_error(&each);
    let people = of.people as f64;
    Guessed { bits: people * mean, error: people * error }
}

/// A model that has read about the people of `world`.
fn reader(of: &Facts, world: &Beginnings) -> Gpt<Knower> {
    let mut rng = seeds::generator(of.seed + 100);
    let plan = Plan { steps: of.people * of.exposures / ROWS, rate: of.rate, seed: of.seed };
    learn(plan, &Workers::alone(), || world.batch(ROWS, &mut rng))
}

/// What each person's facts cost it.
fn costs(model: &Gpt<Knower>, world: &Beginnings) -> Vec<f64> {
    world.fact_costs(EXAM, |text| bits(model, text))
}

/// What the model has saved of texts of so many bits, and how much of that is left when its weights are
/// rounded.
fn left<M: Whole<Cpu>>(model: &M, bits: f64, costs: impl Fn(&M) -> Vec<f64>) -> Saved {
    let kept = |format| {
        let mut model = model.clone();
        rounded::round(&mut model, format);
        saved(bits, &costs(&model))
    };
    Saved { bits: kept(Format::F32), int8: kept(Format::Rows(8)), int4: kept(Format::Rows(4)) }
}

/// Trains on people of whom some are told about more often than others.
pub fn people(of: &People) -> Lost {
    let (world, mut rng) = (world(of.s, WORLD, of.seed), seeds::generator(of.seed + 100));
    let plan = Plan { steps: of.documents / FEW_ROWS, rate: of.rate, seed: of.seed };
    let model: Gpt<Roomy> = learn(plan, &Workers::alone(), || world.batch(FEW_ROWS, &mut rng));
    let costs = world.fact_costs(EXAM, |text| bits(&model, text));
    let chances = slopes::chances(WORLD, of.s);
    let mut octaves: BTreeMap<i32, Vec<(f64, f64)>> = BTreeMap::new();
    for (p, cost) in chances.iter().zip(&costs) {
        let exposures = p * of.documents as f64;
        octaves.entry(exposures.log2().floor() as i32).or_default().push((exposures, *cost));
    }
    let mean = |numbers: &[(f64, f64)], of: fn(&(f64, f64)) -> f64| {
        numbers.iter().map(of).sum::<f64>() / numbers.len() as f64
    };
    Lost {
        bits: chances.iter().zip(&costs).map(|(p, cost)| p * cost).sum(),
        by_exposures: octaves
            .values()
            .map(|some| (mean(some, |one| one.0), mean(some, |one| one.1), some.len()))
            .collect(),
    }
}

fn world(zipf: f64, people: usize, seed: u64) -> Beginnings {
    Beginnings::new(Dials { zipf, people, seed }).expect("dials that the grammar allows")
}
