//! The default run, and where its loss is.

use super::record::{Share, Stories};
use anyhow::Result;
use dfdx::prelude::Cpu;
use gpt::corpus::{Source, Text};
use gpt::evaluate::{Question, bits, questions};
use gpt::settings::Settings;
use gpt::sizes::LaptopBpe;
use gpt::train::{Budget, Event, train};
use gpt::{Gpt, Run, Shape, Whole};
use language_models::story::KINDS;
use std::path::Path;
use std::time::Instant;
use tokens::Tokenizer;

/// Held-out stories that are read.
const READ: usize = 300;
/// Characters in a place.
const PLACE: usize = 100;

/// Trains with the default settings, then reads held-out stories.
pub fn measure(folder: &Path) -> Result<Stories> {
    let text = Text::load(&Source::Stories)?;
    let mut run = Run::<Gpt<LaptopBpe>>::new(Settings::stories(), &text, &Cpu::default())?;
    let begun = Instant::now();
    let budget = Budget::Steps(run.settings.steps);
    train::<_, _, anyhow::Error>(&mut run, &text, folder, budget, |event| {
        if let Event::Evaluated { history } = event {
            eprintln!("{:?}", history.last());
        }
        Ok(())
    })?;
    let seconds = begun.elapsed().as_secs_f64();
    let shape = Shape::of::<LaptopBpe>();
    let parameters = shape.total();
    let stories: Vec<&str> =
        text.held_out.split_inclusive("\n\n").filter(|story| story.len() > 2).take(READ).collect();
    let (mut places, mut kinds) =
        (Vec::new(), KINDS.iter().rev().map(|(_, name)| share(name)).collect::<Vec<_>>());
    for story in &stories {
        read(&run, story, &mut places, &mut kinds)?;
    }
    Ok(Stories { parameters, seconds, history: run.history, places, kinds, read: stories.len() })
}

fn share(name: &str) -> Share {
    Share { name: name.to_owned(), characters: 0, bits: 0.0, floor: 0.0 }
}

// ANCHOR: read
/// Reads a story token by token and adds what each costs to the shares of its place and of its
/// kind.
fn read<M: Whole<Cpu>>(
    run: &Run<M>,
    story: &str,
    places: &mut Vec<Share>,
    kinds: &mut [Share],
) -> Result<()> {
    let ids = [run.prompt(""), run.tokenizer.encode(story)].concat();
    let seen = &ids[..ids.len().min(run.settings.context + 1)];
    let questions = questions(story, &seen[1..], &run.tokenizer)?;
    for (bits, Question { bytes, kind, floor }) in bits(&run.model, seen).into_iter().zip(questions) {
        let place = bytes.start / PLACE;
        while places.len() <= place {
            places.push(share(&(places.len() * PLACE).to_string()));
        }
        let kind = KINDS.iter().rev().position(|(other, _)| *other == kind).expect("all kinds are listed");
        for share in [&mut places[place], &mut kinds[kind]] {
            share.characters += bytes.len();
            share.bits += bits;
            share.floor += floor;
        }
    }
    Ok(())
}
// ANCHOR_END: read
