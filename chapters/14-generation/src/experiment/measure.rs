//! Measures with a model that the default run of `mini-gpt` has trained.

use super::record::{AtOnce, Length, Race, Search, Study, Way};
use anyhow::{Result, bail};
use dfdx::prelude::Cpu;
use generation::beam::beam_search;
use generation::explain::explanation;
use generation::quality::Quality;
use generation::{Sampling, Writer, generate, write_many};
use gpt::checkpoint::Checkpoint;
use gpt::data::ends_text;
use gpt::sizes::LaptopBpe;
use gpt::{Gpt, Run};
use kernels::Workers;
use kernels::measured::{median, processor};
use language_models::story;
use std::f64::consts::LN_2;
use std::path::Path;
use std::time::Instant;
use tensors::seeds;
use tokens::Tokenizer;

/// The temperature at which cuts are tried.
pub const CUTS_AT: f64 = 1.0;
/// The temperature at which repetition penalties are tried.
pub const PENALTIES_AT: f64 = 0.7;
/// Stories for each way of choosing.
const STORIES: usize = 100;
/// A story that is not over by then never will be.
const LIMIT: usize = 400;

type Model = Run<Gpt<LaptopBpe>>;

/// Everything, with the model in `folder`.
pub fn measure(date: &str, folder: &Path) -> Result<Study> {
    let run = model(folder)?;
    Ok(Study {
        processor: processor(),
        date: date.to_owned(),
        stories: STORIES,
        ways: ways(&run)?,
        beams: [1, 2, 4, 8].map(|width| search(&run, width)).into_iter().collect::<Result<_>>()?,
        lengths: lengths(&run),
        at_once: Some(races(&run, date)),
        explained: explained(&run),
    })
}

/// What was measured before, with [`races`] measured anew.
pub fn measure_at_once(date: &str, folder: &Path) -> Result<Study> {
    Ok(Study { at_once: Some(races(&model(folder)?, date)), ..Study::load()? })
}

fn model(folder: &Path) -> Result<Model> {
    let run: Model = Checkpoint::read(folder)?.restore(&Cpu::default())?;
    if !run.settings.from_beginnings {
        bail!("this study needs the model of the default run: cargo run --release -p mini-gpt");
    }
    Ok(run)
}

fn text(run: &Model, ids: &[usize]) -> Result<String> {
    Ok(String::from_utf8_lossy(&run.tokenizer.decode(ids)?).into_owned())
}

fn ways(run: &Model) -> Result<Vec<Way>> {
    let mut ways: Vec<(&str, f64, Sampling)> = [0.2, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4]
        .map(|temperature| ("temperature", temperature, Sampling::at(temperature)))
        .to_vec();
    ways.extend(
        [0.5, 0.8, 0.9, 0.95, 0.99]
            .map(|top_p| ("top-p", top_p, Sampling { top_p: Some(top_p), ..Sampling::at(CUTS_AT) })),
    );
    ways.extend(
        [0.02, 0.05, 0.1, 0.3]
            .map(|min_p| ("min-p", min_p, Sampling { min_p: Some(min_p), ..Sampling::at(CUTS_AT) })),
    );
    ways.extend([1.05, 1.2].map(|penalty| {
        (
            "repetition penalty",
            penalty,
            Sampling { repetition_penalty: penalty, ..Sampling::at(PENALTIES_AT) },
        )
    }));
    let (workers, mut found) = (Workers::new(), Vec::new());
    for (family, value, sampling) in ways {
        let written = side_by_side(run, STORIES, sampling, &workers);
        let stories = written.iter().map(|ids| text(run, ids)).collect::<Result<Vec<_>>>()?;
        let Quality { told, variety } = Quality::of(&stories);
        eprintln!("{family} {value}: {told:.2} {variety:.3}");
        found.push(Way { family: family.to_owned(), value, told, variety });
    }
    let mut rng = seeds::generator(7);
    let own: Vec<String> = (0..STORIES).map(|_| story::tell(&mut rng)).collect();
    let Quality { told, variety } = Quality::of(&own);
    found.push(Way { family: "the grammar itself".to_owned(), value: 1.0, told, variety });
    Ok(found)
}

/// Stories until their ends, or that of the context; the first seed is 0.
fn side_by_side(run: &Model, stories: usize, sampling: Sampling, workers: &Workers) -> Vec<Vec<usize>> {
    let (context, done) = (run.settings.context, |ids: &[usize]| ends_text(ids, &run.tokenizer));
    let prompts: Vec<_> = (0..stories as u64).map(|seed| (run.prompt(""), seed)).collect();
    let written = write_many(&run.model, &prompts, context, context, sampling, workers, done);
    written.into_iter().map(|text| text.tokens).collect()
}

/// The same, one after another on each thread.
fn alone(run: &Model, stories: usize, sampling: Sampling, workers: &Workers) -> Vec<Vec<usize>> {
    let (context, prompt) = (run.settings.context, run.prompt(""));
    workers.map((0..stories as u64).collect(), |seed| {
        let (mut rng, limit) = (seeds::generator(seed), context + 1 - prompt.len());
        generate(&run.model, &prompt, context, limit, sampling, &mut rng, |ids| {
            ends_text(ids, &run.tokenizer)
        })
    })
}

/// Times both ways in turn, at temperature 1.
fn races(run: &Model, date: &str) -> AtOnce {
    const ROUNDS: usize = 5;
    let race = |(threads, stories)| {
        let (workers, sampling) = (Workers::with(threads), Sampling::at(1.0));
        let timed = |write: fn(&Model, usize, Sampling, &Workers) -> Vec<Vec<usize>>| {
            let begun = Instant::now();
            let written = write(run, stories, sampling, &workers);
            let tokens: usize = written.iter().map(Vec::len).sum();
            (begun.elapsed().as_secs_f64() * 1e6 / tokens as f64, written)
        };
        let mut race = Race { threads, stories, same: 0, alone: Vec::new(), side_by_side: Vec::new() };
        for _ in 0..ROUNDS {
            let ((time_alone, stories), (time_side_by_side, others)) = (timed(alone), timed(side_by_side));
            race.same = stories.iter().zip(others).filter(|(story, other)| *story == other).count();
            race.alone.push(time_alone);
            race.side_by_side.push(time_side_by_side);
        }
        eprintln!("{race:?}");
        race
    };
    let races = [(1, 64), (2, 64)].map(race).into();
    AtOnce { processor: processor(), date: date.to_owned(), races }
}

fn search(run: &Model, width: usize) -> Result<Search> {
    let writer = Writer::new(&run.model, run.settings.context, run.prompt(""));
    let found = beam_search(writer, width, LIMIT, |ids| ends_text(ids, &run.tokenizer));
    let text = text(run, &found.tokens)?;
    Ok(Search { width, bits: -found.log_p / LN_2, told: story::read(&text).is_ok(), text })
}

/// Times each token of texts longer than the context, three times over.
fn lengths(run: &Model) -> Vec<Length> {
    const ROUNDS: usize = 3;
    let last = 2 * run.settings.context;
    let times = |cache: bool| -> Vec<Vec<f64>> {
        let round = |seed| {
            let mut writer = Writer::new(&run.model, run.settings.context, run.prompt(""));
            if !cache {
                writer = writer.without_cache();
            }
            let (mut rng, sampling) = (seeds::generator(seed), Sampling::at(1.0));
            let mut token = |_| {
                let begun = Instant::now();
                writer.write(&sampling, &mut rng);
                begun.elapsed().as_secs_f64() * 1000.0
            };
            (0..last).map(&mut token).collect()
        };
        (0..ROUNDS as u64).map(round).collect()
    };
    let (with, without) = (times(true), times(false));
    let around = |times: &[Vec<f64>], at: usize| {
        let near: Vec<f64> = times.iter().flat_map(|round| &round[at..at + 16]).copied().collect();
        median(&near)
    };
    (0..last / 16)
        .map(|i| Length {
            tokens: i * 16 + 8,
            with_cache: around(&with, i * 16),
            without: around(&without, i * 16),
        })
        .collect()
}

fn explained(run: &Model) -> (String, Vec<String>) {
    let beginning = "Long ago there lived a brave girl called Anna. She lived beside the mill, with";
    let mut writer = Writer::new(&run.model, run.settings.context, run.prompt(beginning));
    let mut rng = seeds::generator(1);
    let line = |_| {
        let logits = writer.logits();
        let id = Sampling::at(0.8).draw(&logits, writer.recent(), &mut rng);
        writer.push(id);
        explanation(&logits, id, Some(&run.tokenizer))
    };
    (beginning.to_owned(), (0..14).map(line).collect())
}
