//! The command line: what each command does.

use crate::error::Error;
use clap::{Args, Parser, Subcommand};
use deep_networks::Dropout;
use dfdx::prelude::{AutoDevice, NoneTape};
use gpt::data::Batch;
use gpt::{LanguageModel, Shape};
use mini_gpt::writing::{self, Beginning, WriteArgs};
use pretrained::weights::Weights;
use pretrained::{Config, Vocabulary, sizes, with_gpt2};
use serde_json::json;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use tokens::Tokenizer;

/// GPT-2 in this book's own model: scores, losses and texts from a folder of its published files.
///
/// The folder holds config.json, model.safetensors (or its shards and model.safetensors.index.json)
/// and, for texts, vocab.json and merges.txt, or tokenizer.json.
#[derive(Debug, Parser)]
#[command(name = "gpt2", version, subcommand_required = true, arg_required_else_help = false)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The scores of every token as the next one, at each position
    Logits(ReadArgs),
    /// The mean loss in nats of predicting each token but the first
    Loss(ReadArgs),
    /// Continue a text
    Generate(GenerateArgs),
    /// The ids of a text's tokens
    Tokens(TokensArgs),
    /// Show the sizes of a model
    Info(InfoArgs),
}

/// Token ids on the command line: 1,2,3.
#[derive(Debug, Clone)]
struct Ids(Vec<usize>);

impl std::str::FromStr for Ids {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let id = |word: &str| {
            let word = word.trim();
            word.parse().map_err(|_| format!("{word:?} is no token id: give numbers, 1,2,3"))
        };
        text.split(',').map(id).collect::<Result<_, _>>().map(Self)
    }
}

#[derive(Debug, Args)]
struct ReadArgs {
    /// Folder with config.json and model.safetensors
    #[arg(long)]
    model: PathBuf,
    #[command(flatten)]
    text: TextArgs,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct TextArgs {
    /// A text
    #[arg(long)]
    prompt: Option<String>,
    /// Its tokens instead, 1,2,3: no tokenizer is needed then
    #[arg(long)]
    ids: Option<Ids>,
}

#[derive(Debug, Args)]
struct GenerateArgs {
    /// Folder with config.json and model.safetensors
    #[arg(long)]
    model: PathBuf,
    #[command(flatten)]
    text: TextArgs,
    #[command(flatten)]
    how: WriteArgs,
}

#[derive(Debug, Args)]
struct TokensArgs {
    /// Folder with vocab.json and merges.txt, or with tokenizer.json
    #[arg(long)]
    model: PathBuf,
    /// A text
    #[arg(long)]
    prompt: String,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct InfoArgs {
    /// Folder with config.json
    #[arg(long)]
    model: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Does what the command line says.
///
/// # Errors
/// Whatever went wrong, in one line.
pub fn run(cli: Cli) -> Result<(), Error> {
    match cli.command {
        Command::Logits(args) => logits(&args),
        Command::Loss(args) => loss(&args),
        Command::Generate(args) => generate(&args),
        Command::Tokens(args) => tokens(&args),
        Command::Info(args) => info(&args),
    }
}

/// A text that a model can read.
struct Prompt {
    ids: Vec<usize>,
    tokenizer: Option<Vocabulary>,
    ends: Vec<usize>,
}

/// Reads the text, then the weights: a wrong command should not wait for them. Does `$body` with the
/// model and the text.
macro_rules! with_model {
    ($folder:expr, $args:expr, |$model:ident: $M:ident, $text:ident| $body:expr) => {{
        let (folder, config) = ($folder, Config::load($folder)?);
        let $text = Prompt::new(folder, &config, $args)?;
        sizes::check(config.shape())?;
        with_gpt2!(config.shape(), AutoDevice, $M => {
            let $model: $M = Weights::open(folder)?.fill(&AutoDevice::default())?;
            $body
        })
    }};
}

impl Prompt {
    fn new(folder: &Path, config: &Config, args: &TextArgs) -> Result<Self, Error> {
        let (ids, tokenizer) = match (&args.ids, &args.prompt) {
            // Without a tokenizer ids stay ids.
            (Some(Ids(ids)), _) => (ids.clone(), Vocabulary::load(folder).ok()),
            (None, prompt) => {
                let vocabulary = Vocabulary::load(folder)?;
                (vocabulary.encode(prompt.as_deref().unwrap_or_default()), Some(vocabulary))
            }
        };
        let vocabulary = config.vocab_size;
        let ends: Vec<usize> =
            config.eos_token_id.iter().copied().filter(|&end| end < vocabulary).collect();
        if ids.is_empty() {
            return Err(Error::Nothing { end: ends.first().copied() });
        }
        match ids.iter().find(|&&id| id >= vocabulary) {
            Some(&id) => Err(Error::Id { id, vocabulary }),
            None => Ok(Self { ids, tokenizer, ends }),
        }
    }

    /// Refuses a text that the model cannot read at once.
    fn fits(&self, shape: Shape, at_least: usize) -> Result<(), Error> {
        let (given, positions) = (self.ids.len(), shape.max_context);
        if given > positions {
            return Err(Error::Count { given, what: format!("the model has {positions} positions") });
        }
        if given < at_least {
            return Err(Error::Count {
                given,
                what: "a loss needs two: one to read, one to predict".to_owned(),
            });
        }
        Ok(())
    }
}

/// Writing the result is for both programs what it is for `mini-gpt`.
fn output(result: std::io::Result<()>) -> Result<(), Error> {
    Ok(result.map_err(mini_gpt::Error::Output)?)
}

fn logits(args: &ReadArgs) -> Result<(), Error> {
    with_model!(&args.model, &args.text, |model: M, text| {
        text.fits(M::SHAPE, 1)?;
        show_logits(&text.ids, &model.logits(&text.ids), args.json)
    })
}

fn show_logits(ids: &[usize], logits: &[f32], json: bool) -> Result<(), Error> {
    let rows: Vec<&[f32]> = logits.chunks_exact(logits.len() / ids.len()).collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if json {
        #[derive(serde::Serialize)]
        struct Rows<'a> {
            logits: Vec<&'a [f32]>,
        }
        output(serde_json::to_writer(&mut out, &Rows { logits: rows }).map_err(Into::into))?;
        return output(writeln!(out).and_then(|()| out.flush()));
    }
    for (position, (id, row)) in ids.iter().zip(rows).enumerate() {
        let best = (0..row.len()).max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap_or(0);
        let score = row[best];
        output(writeln!(
            out,
            "position {position}: token {id} was read, {best} has the highest score, {score:.4}"
        ))?;
    }
    output(out.flush())
}

fn loss(args: &ReadArgs) -> Result<(), Error> {
    let (loss, targets) = with_model!(&args.model, &args.text, |model: M, text| {
        text.fits(M::SHAPE, 2)?;
        let targets = text.ids.len() - 1;
        let loss = model.loss(&Batch::at(&text.ids, &[0], targets), NoneTape, &mut Dropout::off());
        (loss.as_vec()[0], targets)
    });
    let mut out = std::io::stdout().lock();
    if args.json {
        return output(writeln!(out, "{}", json!({ "loss": loss })));
    }
    output(writeln!(out, "{loss:.4} nats a token over {targets} tokens; perplexity {:.2}", loss.exp()))
}

fn generate(args: &GenerateArgs) -> Result<(), Error> {
    // A wrong command should not wait for the weights.
    args.how.sampling()?;
    with_model!(&args.model, &args.text, |model: M, text| {
        let Prompt { ids, tokenizer, ends } = &text;
        let tokenizer = tokenizer.as_ref().map(|tokenizer| tokenizer as &dyn Tokenizer);
        let mut out = std::io::stdout().lock();
        args.how.show_prompt(args.text.prompt.as_deref().unwrap_or_default(), &mut out)?;
        let beginning = Beginning { ids, tokenizer, ends, from_beginnings: false };
        Ok(writing::write(&model, M::SHAPE.max_context, beginning, &args.how, &mut out)?)
    })
}

fn tokens(args: &TokensArgs) -> Result<(), Error> {
    let vocabulary = Vocabulary::load(&args.model)?;
    let ids = vocabulary.encode(&args.prompt);
    let mut out = std::io::stdout().lock();
    if args.json {
        return output(writeln!(out, "{}", json!({ "ids": ids })));
    }
    for id in ids {
        let bytes = vocabulary.decode(&[id]).unwrap_or_default();
        output(writeln!(out, "{id:>6}  {:?}", String::from_utf8_lossy(&bytes)))?;
    }
    Ok(())
}

fn info(args: &InfoArgs) -> Result<(), Error> {
    let shape = Config::load(&args.model)?.shape();
    let parts = shape.parameters();
    let parameters = shape.total();
    let mut out = std::io::stdout().lock();
    if args.json {
        return output(writeln!(out, "{}", json!({"parameters": parameters, "shape": shape})));
    }
    for (name, count) in parts {
        output(writeln!(out, "{count:>12}  {name}"))?;
    }
    output(writeln!(out, "{parameters:>12}  parameters in all, {:.0} MB as f32", parameters as f64 * 4e-6))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn pages_give_it_what_it_understands() {
        let wrong = checks::commands::misunderstood("gpt2", &Cli::command());
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
