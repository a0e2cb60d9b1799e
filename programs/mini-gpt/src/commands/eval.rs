//! `mini-gpt eval`.

use super::text::read_text;
use crate::sizes::{self, with_size};
use clap::{Args, ValueEnum};
use dfdx::prelude::AutoDevice;
use gpt::corpus::Source;
use gpt::{LanguageModel, Run};
use kernels::Workers;
use mini_gpt::Error;
use mini_gpt::program::say;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct EvalArgs {
    /// Folder of a run
    #[arg(long)]
    model: PathBuf,
    /// `stories`, or a UTF-8 file
    #[arg(long, default_value = "stories")]
    corpus: Source,
    /// Which part of the text
    #[arg(long, value_enum, default_value_t = Split::HeldOut)]
    split: Split,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Split {
    /// The last tenth
    HeldOut,
    /// The first nine tenths
    Train,
    /// Everything
    All,
}

/// Judges the model in a folder.
pub fn run(args: &EvalArgs) -> Result<(), Error> {
    let stored = sizes::stored(&args.model)?;
    with_size!(stored.header.shape, M => eval::<M>(args, &stored.restore(&AutoDevice::default())?))
}

fn eval<M: LanguageModel<AutoDevice>>(args: &EvalArgs, run: &Run<M>) -> Result<(), Error> {
    let text = read_text(&args.corpus, run.settings.from_beginnings)?;
    let (part, name) = match args.split {
        Split::HeldOut => (text.held_out.clone(), "the last tenth of "),
        Split::Train => (text.train.clone(), "the first nine tenths of "),
        Split::All => (text.all(), ""),
    };
    let exam = run.exam(&part, text.is_stories);
    if exam.is_empty() {
        return Err(Error::NothingToJudge { what: format!("{name}{}", args.corpus), tokens: exam.len() });
    }
    let score = exam.score(&run.model, run.settings.context, &Workers::new());
    if args.json {
        return say(format_args!("{}", json!(score)));
    }
    say(format_args!("loss           {:.4} nats a token", score.loss))?;
    say(format_args!("perplexity     {:.4}", score.perplexity))?;
    say(format_args!("bits per char  {:.4}", score.bits_per_char))?;
    if let Some(floor) = score.floor_bits_per_char {
        say(format_args!("floor          {floor:.4}: no model can do better on this text on average"))?;
        say(format_args!("distance       {:.4}", score.bits_per_char - floor))?;
    }
    Ok(())
}
