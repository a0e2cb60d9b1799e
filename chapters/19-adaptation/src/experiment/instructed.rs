//! Models that learn to follow instructions: what each run learns from, and what it is judged by.

use super::lab::{Lab, Model, Recipe, Stream, Way};
use adaptation::instruct::{ASKED, Wording, by_chance, example, followed, told};
use adaptation::masked::{Asked, Diet, Example};
use anyhow::{Result, anyhow};
use dfdx::prelude::Cpu;
use generation::{Sampling, write_many};
use gpt::LanguageModel;
use gpt::data::ends_text;
use gpt::evaluate::bits;
use kernels::Workers;
use kernels::measured::mean_and_error;
use language_models::story::{Plot, Slot, read};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use tokens::Tokenizer;

/// Instructions that judge, and as many of them in other words.
pub const TEST: usize = 200;
const OTHER: usize = 100;
/// Examples by which rates are chosen, and how many of the instructions have their own stories read.
const VALIDATION: usize = 40;
const READ: usize = 100;
/// Old stories that can be read again.
const REPLAYED: usize = 1000;

/// What a run is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// How many examples there are; none, and nothing is learned.
    pub examples: usize,
    /// Whether the prompt is asked, too.
    pub asks_all: bool,
    pub way: Way,
    /// Old stories in a batch.
    pub old: usize,
    pub recipe: Recipe,
}

/// Which instructions were followed.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Followed {
    pub of: usize,
    /// How often each slot is as it was asked for.
    pub slots: [usize; ASKED.len()],
    /// How often all are.
    pub all: usize,
    /// How often the answer is a story of the grammar.
    pub valid: usize,
    /// How often both.
    pub both: usize,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Run {
    pub job: Job,
    /// Bits that an answer costs above the floor, given its instruction: for choosing a rate.
    pub validation: f64,
    /// The same of answers that judge, and the standard error.
    pub answers: (f64, f64),
    pub usual: Followed,
    /// The same where the hero's name stands in no example.
    pub new_names: Followed,
    /// Where the instruction has other words.
    pub other: Followed,
    /// Bits above the floor that an old story costs, and their standard error.
    pub forgotten: (f64, f64),
}

/// The first examples of a stream that fit the model's context, and their plots.
pub fn examples(
    lab: &Lab,
    rng: &mut ChaCha8Rng,
    count: usize,
    wording: Wording,
) -> Vec<(Plot, String, Example)> {
    let context = <Model as LanguageModel<Cpu>>::SHAPE.max_context;
    let mut found = Vec::new();
    while found.len() < count {
        let story = language_models::story::tell(rng);
        if let Ok(example) = example(&story, wording, &lab.tokenizer, context) {
            found.push((told(&story), story, example));
        }
    }
    found
}

/// Trains a model, and judges it.
pub fn run(lab: &Lab, job: Job) -> Result<Run> {
    let seed = job.recipe.seed;
    let learned = examples(lab, &mut Stream::Learned(seed).generator(), job.examples, Wording::Usual);
    let names: BTreeSet<usize> = learned.iter().map(|(plot, ..)| plot.get(Slot::Hero)).collect();
    let model = if job.examples == 0 {
        lab.model.clone()
    } else {
        let asked = if job.asks_all { Asked::All } else { Asked::Answer };
        let mut diet = Diet::new(learned.into_iter().map(|(.., example)| example).collect(), asked)?;
        if job.old > 0 {
            let stories = Stream::Replayed(seed).stories(REPLAYED);
            let old = stories.iter().filter_map(|story| lab.plain(story).ok()).collect();
            diet = diet.with(old, job.old);
        }
        lab.adapt(job.way, job.recipe, &diet)?
    };
    let test = examples(lab, &mut Stream::Test.generator(), TEST, Wording::Usual);
    let plots: Vec<Plot> = test.iter().map(|(plot, ..)| *plot).collect();
    let usual = answers(lab, &model, &plots, Wording::Usual);
    let all: Vec<(&Plot, &String)> = plots.iter().zip(&usual).collect();
    let new: Vec<(&Plot, &String)> =
        all.iter().filter(|(plot, _)| !names.contains(&plot.get(Slot::Hero))).copied().collect();
    let other = answers(lab, &model, &plots[..OTHER], Wording::Other);
    let validation = examples(lab, &mut Stream::Validation.generator(), VALIDATION, Wording::Usual);
    Ok(Run {
        job,
        validation: above(&model, &validation)?.0,
        answers: above(&model, &test[..READ])?,
        usual: count(&all),
        new_names: count(&new),
        other: count(&plots.iter().zip(&other).collect::<Vec<_>>()),
        forgotten: lab.forgotten(&model)?,
    })
}

/// What the model answers to instructions that ask for `plots`.
fn answers(lab: &Lab, model: &Model, plots: &[Plot], wording: Wording) -> Vec<String> {
    let prompt = |plot| adaptation::instruct::prompt(&wording.instruction(plot), &lab.tokenizer);
    let prompts: Vec<(Vec<usize>, u64)> = plots.iter().map(prompt).zip(1..).collect();
    let context = <Model as LanguageModel<Cpu>>::SHAPE.max_context;
    let ended = |tokens: &[usize]| ends_text(tokens, &lab.tokenizer);
    let workers = Workers::alone();
    let written = write_many(model, &prompts, context, context, Sampling::at(1.0), &workers, ended);
    let text = |tokens: &[usize]| {
        String::from_utf8_lossy(&lab.tokenizer.decode(tokens).expect("the model's own tokens")).into_owned()
    };
    written.iter().map(|written| text(&written.tokens)).collect()
}

fn count(answers: &[(&Plot, &String)]) -> Followed {
    let mut counts = Followed { of: answers.len(), ..Followed::default() };
    for (plot, answer) in answers {
        let slots = followed(plot, answer);
        let valid = read(answer).is_ok_and(|reading| reading.bits.len() == answer.len());
        let all = slots.iter().all(|slot| *slot);
        counts.slots.iter_mut().zip(slots).for_each(|(count, slot)| *count += usize::from(slot));
        counts.all += usize::from(all);
        counts.valid += usize::from(valid);
        counts.both += usize::from(all && valid);
    }
    counts
}

/// Bits that an answer costs above its floor, given the instruction. All words that are asked for are equally
/// likely, so whoever knows them saves −log₂ of their probability.
fn above(model: &Model, examples: &[(Plot, String, Example)]) -> Result<(f64, f64)> {
    let saved: f64 = ASKED.iter().map(|&slot| -by_chance(slot).log2()).sum();
    let cost = |(_, story, example): &(Plot, String, Example)| -> Result<f64> {
        let floor = read(story).map_err(|error| anyhow!("{error}"))?.bits.iter().sum::<f64>() - saved;
        Ok(bits(model, example.tokens())[example.prompt().len() - 1..].iter().sum::<f64>() - floor)
    };
    Ok(mean_and_error(&examples.iter().map(cost).collect::<Result<Vec<_>>>()?))
}
