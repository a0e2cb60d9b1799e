//! What each trick of training is worth: the same short run without it.

use super::record::Trial;
use super::untied::Untied;
use super::whole::{run, trial};
use anyhow::{Result, ensure};
use deep_networks::Rule;
use dfdx::prelude::Cpu;
use gpt::corpus::{Source, Text};
use gpt::sizes::Laptop;
use gpt::{Gpt, Run, Settings, Shape};
use tensors::seeds;

const SEEDS: [u64; 3] = [1, 2, 3];
/// Steps of each run.
const STEPS: usize = 1000;
/// Tokens that it is judged by.
const EXAM: usize = 100_000;

const SHAPE: Shape = Shape::of::<Laptop>();

type Change = fn(&mut Run<Gpt<Laptop>>);

fn settings(seed: u64) -> Settings {
    Settings { steps: STEPS, seed, ..Settings::laptop() }
}

/// What each trial changes, and nothing else: the tests below hold it.
const CHANGES: [(&str, Change); 9] = [
    ("as it is", |_| {}),
    ("no warm-up", |run| run.settings.warmup = 0),
    ("no decay of the rate", |run| run.settings.min_lr = run.settings.lr),
    ("no clipping", |run| run.settings.clip = 1e9),
    ("no weight decay: Adam", |run| run.optimiser.rule = Rule::Adam { betas: [0.9, 0.99] }),
    ("SGD with momentum, rate 0.1", |run| {
        run.optimiser.rule = Rule::Momentum { beta: 0.9 };
        (run.settings.lr, run.settings.min_lr) = (0.1, 0.01);
    }),
    ("positions start at random", |run| {
        let numbers = seeds::normal(
            &mut seeds::generator(run.settings.seed ^ 5),
            SHAPE.max_context * SHAPE.model,
            0.02,
        );
        run.model.positions.table.copy_from(&numbers);
    }),
    ("no smaller start of what blocks add", |run| {
        let factor = (2.0 * SHAPE.layers as f32).sqrt();
        for block in &mut run.model.blocks.modules {
            block.attention.output.weight = block.attention.output.weight.clone() * factor;
            block.feed_forward.down.weight = block.feed_forward.down.weight.clone() * factor;
        }
    }),
    ("matrices start at 0.02, not 1/√n", |run| {
        for block in &mut run.model.blocks.modules {
            let layer = &mut block.attention;
            for part in [&mut layer.query, &mut layer.key, &mut layer.value, &mut layer.output] {
                part.weight = part.weight.clone() * (0.02 * (SHAPE.model as f32).sqrt());
            }
            block.feed_forward.up.weight =
                block.feed_forward.up.weight.clone() * (0.02 * (SHAPE.model as f32).sqrt());
            block.feed_forward.down.weight =
                block.feed_forward.down.weight.clone() * (0.02 * (SHAPE.hidden as f32).sqrt());
        }
    }),
];

/// The stories read byte by byte by the laptop size: with all tricks, and without one at a time.
pub fn measure() -> Result<Vec<Trial>> {
    let text = Text::load(&Source::Stories)?;
    let mut trials: Vec<Trial> = CHANGES
        .iter()
        .map(|&(name, change)| {
            trial(name, &SEEDS, |seed| Ok(run::<Gpt<Laptop>>(&text, settings(seed), EXAM, change)?.loss))
        })
        .collect::<Result<_>>()?;
    trials.push(untied(&text)?);
    Ok(trials)
}

/// The trials that were kept, with the last, the untied one, measured anew.
pub fn measure_untied(mut kept: Vec<Trial>) -> Result<Vec<Trial>> {
    let text = Text::load(&Source::Stories)?;
    // The rows are compared: this machine must give what the one before gave.
    let again = run::<Gpt<Laptop>>(&text, settings(SEEDS[0]), EXAM, |_| {})?.loss;
    ensure!(
        kept.first().is_some_and(|trial| trial.losses.first() == Some(&again)),
        "the first trial gives {again} here: measure all anew"
    );
    kept.pop();
    kept.push(untied(&text)?);
    Ok(kept)
}

fn untied(text: &Text) -> Result<Trial> {
    trial("an output of its own, not tied", &SEEDS, |seed| {
        Ok(run::<Untied<Laptop, f32, Cpu>>(text, settings(seed), EXAM, |_| {})?.loss)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use deep_networks::by_name;
    use dfdx::prelude::TensorCollection;
    use gpt::Whole;
    use std::collections::BTreeMap;

    /// All numbers of a model, by the names of its tensors.
    fn numbers<M: TensorCollection<f32, Cpu>>(model: &M) -> BTreeMap<String, Vec<f32>> {
        let mut numbers = BTreeMap::new();
        for (name, values) in by_name(model) {
            assert!(numbers.insert(name.clone(), values).is_none(), "two tensors are called {name}");
        }
        numbers
    }

    fn start<M: Whole<Cpu>>(seed: u64) -> Run<M> {
        let text = Text {
            train: "a".repeat(300),
            held_out: "a".repeat(300),
            is_stories: false,
            changes: Vec::new(),
        };
        Run::new(settings(seed), &text, &Cpu::default()).unwrap()
    }

    /// The names of the weights in which two models of the same kind differ.
    fn different(one: &Gpt<Laptop>, two: &Gpt<Laptop>) -> Vec<String> {
        let (one, two) = (numbers(one), numbers(two));
        assert!(one.keys().eq(two.keys()));
        one.into_iter().filter(|(name, values)| two[name] != *values).map(|(name, _)| name).collect()
    }

    /// What a run does, in words: all of it but its weights.
    fn rest<M>(run: &Run<M>) -> [String; 4] {
        [
            format!("{:?}", run.settings),
            format!("{:?}", run.optimiser.rule),
            // Where the generators of batches and of dropout stand: the same windows come.
            format!("{:?} {:?}", run.batches, run.dropout),
            format!("{:?} {} {:?}", run.tokenizer, run.text, run.pending),
        ]
    }

    #[test]
    fn a_trial_differs_from_the_run_as_it_is_in_what_its_name_says() {
        let of_blocks = |names: &[&str]| -> Vec<String> {
            (0..4).flat_map(|i| names.iter().map(move |name| format!("blocks.{i}.{name}.weight"))).collect()
        };
        let writers = ["attention.output", "feed_forward.down"];
        let readers = ["attention.key", "attention.query", "attention.value", "feed_forward.up"];
        for (name, change) in CHANGES {
            let (base, mut trial) = (start::<Gpt<Laptop>>(7), start::<Gpt<Laptop>>(7));
            change(&mut trial);
            let mut weights = different(&base.model, &trial.model);
            let mut expected = match name {
                "positions start at random" => vec!["positions.table".to_owned()],
                "no smaller start of what blocks add" => of_blocks(&writers),
                "matrices start at 0.02, not 1/√n" => of_blocks(&[&readers[..], &writers[..]].concat()),
                _ => Vec::new(),
            };
            weights.sort();
            expected.sort();
            assert_eq!(weights, expected, "{name}");
            let settings = &base.settings;
            let (settings, rule) = match name {
                "no warm-up" => (Settings { warmup: 0, ..settings.clone() }, base.optimiser.rule),
                "no decay of the rate" => {
                    (Settings { min_lr: settings.lr, ..settings.clone() }, base.optimiser.rule)
                }
                "no clipping" => (Settings { clip: 1e9, ..settings.clone() }, base.optimiser.rule),
                "no weight decay: Adam" => (settings.clone(), Rule::Adam { betas: [0.9, 0.99] }),
                "SGD with momentum, rate 0.1" => {
                    (Settings { lr: 0.1, min_lr: 0.01, ..settings.clone() }, Rule::Momentum { beta: 0.9 })
                }
                _ => (settings.clone(), base.optimiser.rule),
            };
            let mut expected = base;
            expected.settings = settings;
            expected.optimiser.rule = rule;
            assert_eq!(rest(&trial), rest(&expected), "{name}");
        }
    }

    #[test]
    fn untied_starts_as_laptop_does_but_for_the_output_layer() {
        let (tied, untied) = (start::<Gpt<Laptop>>(7), start::<Untied<Laptop, f32, Cpu>>(7));
        let mut own = numbers(&untied.model);
        let output = own.remove("output.weight").expect("an output layer of its own");
        let shared: BTreeMap<String, Vec<f32>> = numbers(&tied.model)
            .into_iter()
            .map(|(name, values)| (format!("gpt.{name}"), values))
            .collect();
        assert!(own.keys().eq(shared.keys()), "{:?}", own.keys());
        for (name, values) in &shared {
            assert!(own[name] == *values, "{name} starts with other numbers");
        }
        // As large as the table that it takes the place of, and not the same numbers.
        let table = &shared["gpt.tokens.weight"];
        let deviation =
            |numbers: &[f32]| (numbers.iter().map(|x| x * x).sum::<f32>() / numbers.len() as f32).sqrt();
        assert_eq!(output.len(), table.len());
        assert!((deviation(&output) / deviation(table) - 1.0).abs() < 0.03);
        assert_ne!(&output, table);
        assert_eq!(rest(&untied), rest(&tied));
    }
}
