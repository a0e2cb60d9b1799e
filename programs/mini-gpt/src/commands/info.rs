//! `mini-gpt info`.

use clap::Args;
use gpt::checkpoint::{Checkpoint, Header};
use mini_gpt::Error;
use mini_gpt::program::say;
use serde_json::json;
use std::path::PathBuf;
use tokens::Tokenizer;

#[derive(Debug, Args)]
pub struct InfoArgs {
    /// Folder of a run
    #[arg(long)]
    model: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Shows the sizes of the model in a folder.
pub fn run(args: &InfoArgs) -> Result<(), Error> {
    let Header { shape, settings, step, tokenizer, .. } = Checkpoint::read(&args.model)?.header;
    let tokenizer = tokenizer.name();
    let parts = shape.parameters();
    let parameters = shape.total();
    let (read, train) = (shape.flops_at(settings.context), 3 * shape.flops_per_token(settings.context));
    if args.json {
        let parts: serde_json::Map<_, _> =
            parts.iter().map(|(name, count)| ((*name).to_owned(), json!(count))).collect();
        let mut config = json!(settings);
        let sizes = json!(shape);
        if let (Some(config), Some(sizes)) = (config.as_object_mut(), sizes.as_object()) {
            config.extend(sizes.clone());
            config.insert("tokenizer".to_owned(), json!(tokenizer));
        }
        say(format_args!(
            "{}",
            json!({"parameters": parameters, "config": config, "parts": parts, "step": step,
                "flops_per_token": {"forward": read, "training": train}})
        ))?;
        return Ok(());
    }
    say(format_args!("size {}, {tokenizer} tokenizer, {step} of {} steps", settings.size, settings.steps))?;
    for (name, count) in parts {
        say(format_args!("{count:>12}  {name}"))?;
    }
    say(format_args!("{parameters:>12}  parameters in all"))?;
    say(format_args!(
        "{read:>12}  FLOP to read the last token of a context of {}; {train} a token to train",
        settings.context
    ))?;
    Ok(())
}
