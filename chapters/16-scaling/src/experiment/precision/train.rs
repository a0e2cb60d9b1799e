//! Training by each recipe at its best rate, five seeds.

use super::recipes::{ON_THE_WAY_BACK, RECIPES, Recipe, Small};
use super::record::{Machine, Record, Trained};
use anyhow::Result;
use deep_networks::by_name;
use dfdx::prelude::{BuildModule, Cpu};
use gpt::corpus::Text;
use gpt::data::{Batch, Starts};
use gpt::initialise::initialise;
use gpt::tokenizer::Tokens;
use gpt::{Gpt, Run, Settings, Shape};
use kernels::Workers;
use language_models::story;
use scaling::rounded::round;
use std::sync::{Arc, Mutex};
use tokens::Tokenizer;

/// The grid of rates. A recipe begins with those in the middle, with the first seed; whatever is best,
/// its neighbours are tried as well. One that diverges at all of them is tried at the lowest.
pub const RATES: [f64; 8] = [1e-4, 3e-4, 1e-3, 3e-3, 5.5e-3, 1e-2, 1.7e-2, 3e-2];
const MIDDLE: std::ops::Range<usize> = 3..6;
const SEEDS: [u64; 5] = [1, 2, 3, 4, 5];
/// The rate of weights in bf16 that is second with the first seed: tried with the others as well, in case that
/// the first chose by chance.
pub const SECOND: (Recipe, f64) = (RECIPES[1], 5.5e-3);
/// Steps at the end over which unmoved numbers are counted.
const LAST: usize = 50;
/// Tokens of each of the two exams.
const EXAM: usize = 8192;

/// What all runs share.
struct Common {
    text: Text,
    test: String,
    tokenizer: Tokens,
    tokens: Vec<usize>,
}

/// Makes all runs that are not in the record: first the grid, then the other seeds at the best rates.
pub fn all(record: &mut Record, machine: &Machine) -> Result<()> {
    let story::Corpus { train, held_out } = story::corpus(1_000_000, 1);
    let text = Text { train, held_out, is_stories: true, changes: Vec::new() };
    let test = story::corpus(1_000_000, 2).held_out;
    let tokenizer = Tokens::learn(Shape::of::<Small>().vocabulary, &text.train)?;
    let tokens = tokenizer.encode(&text.train);
    let common = Common { text, test, tokenizer, tokens };
    loop {
        let tried = &record.trained;
        let jobs =
            recipes().flat_map(|recipe| untried(tried, recipe).map(move |rate| (recipe, rate, SEEDS[0])));
        let jobs: Vec<Job> = jobs.collect();
        if jobs.is_empty() {
            break;
        }
        missing(record, &common, jobs, machine)?;
    }
    let mut others = Vec::new();
    for recipe in recipes() {
        let rate = best_rate(&record.trained, recipe.name).unwrap_or(RATES[0]);
        others.extend(SEEDS[1..].iter().map(|&seed| (recipe, rate, seed)));
    }
    others.extend(SEEDS[1..].iter().map(|&seed| (SECOND.0, SECOND.1, seed)));
    missing(record, &common, others, machine)
}

fn recipes() -> impl Iterator<Item = Recipe> {
    RECIPES.into_iter().chain(ON_THE_WAY_BACK)
}

/// The rates that `recipe` should be tried at next: those in the middle, or the neighbours of the best.
fn untried(trained: &[Trained], recipe: Recipe) -> impl Iterator<Item = f64> {
    let best = best_rate(trained, recipe.name).and_then(|best| RATES.iter().position(|rate| *rate == best));
    let around = best.map_or(0..MIDDLE.end, |best| best.saturating_sub(1)..(best + 2).min(RATES.len()));
    let is_new = |rate: &f64| !trained.iter().any(|run| run.recipe == recipe.name && run.rate == *rate);
    let middle = MIDDLE.chain(around).map(|i| RATES[i]);
    let mut new: Vec<f64> = middle.filter(is_new).collect();
    new.sort_by(f64::total_cmp);
    new.dedup();
    new.into_iter()
}

/// The rate of the lowest loss on the validation text.
pub fn best_rate(trained: &[Trained], recipe: &str) -> Option<f64> {
    let of = trained.iter().filter(|run| run.recipe == recipe && run.seed == SEEDS[0]);
    let scored = of.filter_map(|run| Some((run.validation?, run.rate)));
    scored.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, rate)| rate)
}

/// The runs of `recipe` at its best rate, seed by seed.
pub fn best_runs<'a>(trained: &'a [Trained], recipe: &str) -> Option<(f64, Vec<&'a Trained>)> {
    let best = best_rate(trained, recipe)?;
    Some((best, runs_at(trained, recipe, best)))
}

/// The runs of `recipe` at a rate, seed by seed.
pub fn runs_at<'a>(trained: &'a [Trained], recipe: &str, rate: f64) -> Vec<&'a Trained> {
    let mut of: Vec<&Trained> =
        trained.iter().filter(|run| run.recipe == recipe && run.rate == rate).collect();
    of.sort_by_key(|run| run.seed);
    of
}

type Job = (Recipe, f64, u64);

fn missing(record: &mut Record, common: &Common, jobs: Vec<Job>, machine: &Machine) -> Result<()> {
    let is_done = |(recipe, rate, seed): &Job| {
        record.trained.iter().any(|run| run.recipe == recipe.name && run.rate == *rate && run.seed == *seed)
    };
    let jobs: Vec<Job> = jobs.into_iter().filter(|job| !is_done(job)).collect();
    // Each run on one thread, so that a gradient is one and is rounded once; each is kept as soon as it
    // is over.
    let record = Mutex::new(record);
    Workers::new()
        .map(jobs, |job| -> Result<()> {
            let trained = Trained { machine: Some(machine.clone()), ..train(common, job) };
            eprintln!("{trained:?}");
            let mut record = record.lock().expect("no run panics while it saves");
            record.trained.push(trained);
            record.save()
        })
        .into_iter()
        .collect()
}

fn train(common: &Common, (recipe, rate, seed): Job) -> Trained {
    let settings = Settings {
        size: "small".to_owned(),
        steps: 300,
        batch: 8,
        context: 96,
        lr: rate,
        min_lr: rate / 10.0,
        warmup: 30,
        seed,
        ..Settings::laptop()
    };
    let (workers, mut gradients) = (Workers::alone(), Vec::new());
    let mut model = Gpt::<Small>::build(&Cpu::default());
    initialise(&mut model, seed);
    let mut run = Run::of(model, common.tokenizer.clone(), settings.clone(), &common.text);
    let starts = Starts::Anywhere(common.tokens.len() - settings.context);
    let (mut still, mut all, mut lost) = (0, 0, Arc::default());
    for step in 0..settings.steps {
        let batch =
            Batch::random(&common.tokens, &starts, settings.batch, settings.context, &mut run.batches);
        let before = (step + LAST >= settings.steps).then(|| by_name(&run.model));
        if step + LAST == settings.steps {
            lost = Arc::default();
        }
        let loss = recipe.step(&mut run, &batch, &workers, &mut gradients, &lost);
        // No number, or twice as bad as a blind guess: it will not come back.
        if loss.is_nan() || loss > 2.0 * (Shape::of::<Small>().vocabulary as f64).ln() {
            let recipe = recipe.name.to_owned();
            let (unmoved, machine) = (0.0, None);
            return Trained {
                recipe,
                rate,
                seed,
                validation: None,
                test: None,
                unmoved,
                lost: None,
                machine,
            };
        }
        if let Some(before) = before {
            for ((_, before), (_, after)) in before.iter().zip(by_name(&run.model)) {
                still += before.iter().zip(&after).filter(|(before, after)| before == after).count();
                all += after.len();
            }
        }
    }
    let mut model = run.model.clone();
    round(&mut model, recipe.weights);
    let bits =
        |text| run.exam(text, true).first(EXAM).score(&model, settings.context, &workers).bits_per_char;
    let finite = |bits: f64| bits.is_finite().then_some(bits);
    let [validation, test] = [&common.text.held_out, &common.test].map(|text| finite(bits(text)));
    let unmoved = still as f64 / all as f64;
    let lost = recipe.slopes.map(|_| lost.share());
    let recipe = recipe.name.to_owned();
    Trained { recipe, rate, seed, validation, test, unmoved, lost, machine: None }
}
