//! `mini-gpt generate`.

use crate::sizes::{self, with_size};
use clap::Args;
use dfdx::prelude::AutoDevice;
use generation::Cached;
use gpt::Run;
use mini_gpt::Error;
use mini_gpt::writing::{self, Beginning, WriteArgs};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct GenerateArgs {
    /// Folder of a run
    #[arg(long)]
    model: PathBuf,
    /// Text to continue
    #[arg(long, default_value = "")]
    prompt: String,
    #[command(flatten)]
    how: WriteArgs,
}

/// Lets the model in a folder write.
pub fn run(args: &GenerateArgs) -> Result<(), Error> {
    let stored = sizes::stored(&args.model)?;
    args.how.sampling()?;
    with_size!(stored.header.shape, M => write::<M>(args, &stored.restore(&AutoDevice::default())?))
}

fn write<M: Cached<AutoDevice>>(args: &GenerateArgs, run: &Run<M>) -> Result<(), Error> {
    let ids = run.prompt(&args.prompt);
    let mut out = std::io::stdout().lock();
    args.how.show_prompt(&args.prompt, &mut out)?;
    let from_beginnings = run.settings.from_beginnings;
    let beginning = Beginning { ids: &ids, tokenizer: Some(&run.tokenizer), ends: &[], from_beginnings };
    writing::write(&run.model, run.settings.context, beginning, &args.how, &mut out)
}
