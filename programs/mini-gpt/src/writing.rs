//! From a command line to a text: what the programs of this book that write have in common.

use crate::Error;
use clap::Args;
use generation::beam::beam_search;
use generation::explain::explanation;
use generation::{Cached, Sampling, Stream, Writer};
use gpt::data::ends_text;
use kernels::Kernels;
use serde_json::json;
use std::io::Write;
use tensors::seeds;
use tokens::Tokenizer;

/// Beginnings that a beam can hold: each keeps all keys and values of its text.
const MOST_BEAMS: usize = 1000;
/// Penalties that leave scores which can be compared.
const PENALTIES: std::ops::RangeInclusive<f64> = 0.001..=1000.0;

/// How to write.
#[derive(Debug, Clone, Args)]
pub struct WriteArgs {
    /// Tokens to write at most
    #[arg(long, default_value_t = 500)]
    pub tokens: usize,
    /// Below 1 the likely becomes likelier; 0 takes the likeliest token
    #[arg(long, default_value_t = 0.8)]
    temperature: f64,
    /// Always take the likeliest token: the same as --temperature 0
    #[arg(long, conflicts_with = "temperature")]
    greedy: bool,
    /// Draw from this many likeliest tokens only
    #[arg(long)]
    top_k: Option<usize>,
    /// Draw from the fewest tokens only that together have this probability
    #[arg(long)]
    top_p: Option<f64>,
    /// Draw from tokens only that are at least this share as likely as the likeliest
    #[arg(long)]
    min_p: Option<f64>,
    /// Above 1, tokens that have occurred become less likely
    #[arg(long, default_value_t = 1.0)]
    repetition_penalty: f64,
    /// Seed of the draws
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Do not draw: search for the likeliest text, up to its end, with so many beginnings side by
    /// side
    #[arg(long, conflicts_with_all = ["temperature", "greedy", "top_k", "top_p", "min_p", "repetition_penalty", "seed"])]
    beams: Option<usize>,
    /// End before this text; can be given several times
    #[arg(long)]
    stop: Vec<String>,
    /// Show how likely each token was, and what could have stood in its place
    #[arg(long, conflicts_with_all = ["json", "beams"])]
    explain: bool,
    /// Print one JSON object: `ids`, the tokens written, and `text`, what they spell
    #[arg(long)]
    pub json: bool,
}

impl WriteArgs {
    /// Shows the text that is to be continued, where it belongs before what is written.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub fn show_prompt(&self, prompt: &str, out: &mut impl Write) -> Result<(), Error> {
        match (self.json, self.explain) {
            (true, _) => Ok(()),
            (false, true) if !prompt.is_empty() => writeln!(out, "{prompt}"),
            (false, _) => write!(out, "{prompt}"),
        }
        .map_err(Error::Output)
    }

    /// How to choose tokens.
    ///
    /// # Errors
    /// [`gpt::Error::Setting`] for a value that makes no sense.
    pub fn sampling(&self) -> Result<Sampling, Error> {
        let refuse = |name, value: &dyn ToString, allowed: &str| {
            Err(gpt::Error::Setting { name, value: value.to_string(), allowed: allowed.to_owned() }.into())
        };
        if !self.temperature.is_finite() || self.temperature < 0.0 {
            return refuse("temperature", &self.temperature, "give a number that is not negative");
        }
        if self.top_k == Some(0) {
            return refuse("top-k", &0, "give at least 1");
        }
        if let Some(beams) = self.beams.filter(|beams| !(1..=MOST_BEAMS).contains(beams)) {
            return refuse("beams", &beams, &format!("give 1 to {MOST_BEAMS}"));
        }
        for (name, share) in [("top-p", self.top_p), ("min-p", self.min_p)] {
            if let Some(share) = share.filter(|share| !(*share > 0.0 && *share <= 1.0)) {
                return refuse(name, &share, "give a number above 0 and up to 1");
            }
        }
        if !PENALTIES.contains(&self.repetition_penalty) {
            let allowed = format!("give a number from {} to {}", PENALTIES.start(), PENALTIES.end());
            return refuse("repetition-penalty", &self.repetition_penalty, &allowed);
        }
        Ok(Sampling {
            temperature: if self.greedy { 0.0 } else { self.temperature },
            top_k: self.top_k,
            top_p: self.top_p,
            min_p: self.min_p,
            repetition_penalty: self.repetition_penalty,
        })
    }
}

/// What is to be continued.
#[derive(Clone, Copy)]
pub struct Beginning<'a> {
    /// Its tokens: at least one.
    pub ids: &'a [usize],
    /// What tokens spell, where that is known.
    pub tokenizer: Option<&'a dyn Tokenizer>,
    /// The tokens of which each ends a text.
    pub ends: &'a [usize],
    /// Whether the model has only ever seen texts from their beginnings: when a text is over, it is
    /// to see nothing of it any more.
    pub from_beginnings: bool,
}

impl Beginning<'_> {
    fn bytes(&self, ids: &[usize]) -> Vec<u8> {
        self.tokenizer.and_then(|tokenizer| tokenizer.decode(ids).ok()).unwrap_or_default()
    }

    /// Whether the last token ends the text.
    fn is_ended_by(&self, ids: &[usize]) -> bool {
        ids.last().is_some_and(|last| self.ends.contains(last))
    }

    /// Whether a new text begins after these tokens, of which the model is to see no more.
    fn begins_anew_after(&self, ids: &[usize]) -> bool {
        self.from_beginnings && self.tokenizer.is_some_and(|tokenizer| ends_text(ids, tokenizer))
    }
}

/// Writes on after `beginning`, and shows it on `out` as `args` say: as it comes, explained, or as
/// JSON. The model sees `context` tokens.
///
/// # Errors
/// When `args` make no sense, and when `out` takes no more.
pub fn write<M: Cached<D>, D: Kernels<f32>>(
    model: &M,
    context: usize,
    beginning: Beginning<'_>,
    args: &WriteArgs,
    out: &mut impl Write,
) -> Result<(), Error> {
    let sampling = args.sampling()?;
    let (mut stream, mut text, mut ids) = (Stream::new(&args.stop), String::new(), Vec::new());
    let mut writer = Writer::new(model, context, beginning.ids.to_vec());
    if let Some(width) = args.beams {
        let ended = |ids: &[usize]| {
            let mut stream = Stream::new(&args.stop);
            stream.push(&beginning.bytes(ids));
            stream.stopped() || beginning.is_ended_by(ids) || beginning.begins_anew_after(ids)
        };
        ids = beam_search(writer, width, args.tokens, ended).tokens;
        text = stream.push(&beginning.bytes(&ids)) + &stream.finish();
        if !args.json {
            let numbers = || ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            writeln!(out, "{}", beginning.tokenizer.map_or_else(numbers, |_| text.clone()))
                .map_err(Error::Output)?;
        }
    } else {
        let mut rng = seeds::generator(args.seed);
        while ids.len() < args.tokens && !stream.stopped() && !beginning.is_ended_by(&ids) {
            let logits = writer.logits();
            let id = sampling.draw(&logits, writer.recent(), &mut rng);
            writer.push(id);
            ids.push(id);
            if beginning.begins_anew_after(&ids) {
                writer.see_last(1);
            }
            let shown = stream.push(&beginning.bytes(&[id]));
            let written = match (args.json, args.explain) {
                (true, _) => Ok(()),
                (false, true) => writeln!(out, "{}", explanation(&logits, id, beginning.tokenizer)),
                (false, false) if beginning.tokenizer.is_none() => write!(out, "{id} "),
                (false, false) => write!(out, "{shown}"),
            };
            text += &shown;
            written.and_then(|()| out.flush()).map_err(Error::Output)?;
        }
        let rest = stream.finish();
        if !args.json && !args.explain {
            writeln!(out, "{rest}").map_err(Error::Output)?;
        }
        text += &rest;
    }
    if args.json {
        let text = beginning.tokenizer.map(|_| text);
        writeln!(out, "{}", json!({"ids": ids, "text": text})).map_err(Error::Output)?;
    }
    out.flush().map_err(Error::Output)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use dfdx::prelude::{BuildModule, Cpu};
    use gpt::initialise::initialise;
    use gpt::sizes::Tiny;
    use gpt::{Gpt, LanguageModel};
    use tokens::{Bytes, TokenError};

    #[derive(Parser)]
    struct Program {
        #[command(flatten)]
        args: WriteArgs,
    }

    /// What a model writes that sees an end of line in everything, or else token 11.
    fn written(words: &str, from_beginnings: bool, tokenizer: Option<&dyn Tokenizer>) -> String {
        written_by(&ends_of_lines(), words, from_beginnings, tokenizer)
    }

    fn written_by(
        model: &Gpt<Tiny>,
        words: &str,
        from_beginnings: bool,
        tokenizer: Option<&dyn Tokenizer>,
    ) -> String {
        let program = Program::parse_from(["write"].into_iter().chain(words.split(' ')));
        let beginning = Beginning { ids: &[97], tokenizer, ends: &[], from_beginnings };
        let mut out = Vec::new();
        write(model, 64, beginning, &program.args, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn ends_of_lines() -> Gpt<Tiny> {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        let mut table = model.tokens.weight.as_vec();
        table.fill(0.0);
        table[10 * 32..11 * 32].fill(1.0);
        table[11 * 32..12 * 32].fill(0.5);
        model.tokens.weight.copy_from(&table);
        model.norm.gain.copy_from(&[0.0; 32]);
        model.norm.bias.copy_from(&[1.0; 32]);
        model
    }

    /// Tokens of which every eighth is an empty line.
    struct ManyEnds;

    impl ManyEnds {
        fn spells(id: usize) -> &'static [u8] {
            if id.is_multiple_of(8) { b"\n\n" } else { b"a" }
        }
    }

    impl Tokenizer for ManyEnds {
        fn name(&self) -> &'static str {
            "many ends"
        }

        fn vocabulary(&self) -> usize {
            Bytes::VOCABULARY
        }

        fn encode(&self, text: &str) -> Vec<usize> {
            text.bytes().map(usize::from).collect()
        }

        fn decode(&self, ids: &[usize]) -> Result<Vec<u8>, TokenError> {
            Ok(ids.iter().flat_map(|id| Self::spells(*id)).copied().collect())
        }
    }

    #[test]
    fn a_beam_ends_where_a_text_does() {
        assert_eq!(written("--beams 2 --tokens 6", true, Some(&Bytes)), "\n\n\n");
        assert_eq!(written("--beams 2 --tokens 6", false, Some(&Bytes)), "\n\n\n\n\n\n\n");
        assert_eq!(written("--greedy --tokens 6", true, Some(&Bytes)), "\n\n\n\n\n\n\n");
    }

    #[test]
    fn of_a_text_that_has_ended_the_model_sees_no_more_than_its_end() {
        let mut model = Gpt::<Tiny>::build(&Cpu::default());
        initialise(&mut model, 1);
        model.tokens.weight = model.tokens.weight * 5.0; // so that what it has read matters
        let write = |from_beginnings| -> Vec<usize> {
            let words = "--temperature 1 --tokens 60 --seed 3 --json";
            let json = written_by(&model, words, from_beginnings, Some(&ManyEnds));
            let json: serde_json::Value = serde_json::from_str(&json).unwrap();
            serde_json::from_value(json["ids"].clone()).unwrap()
        };
        for from_beginnings in [true, false] {
            // All that it sees is read anew for each token.
            let (mut seen, mut rng, mut ended) = (vec![97], seeds::generator(3), 0);
            for id in write(from_beginnings) {
                let expected = Sampling::at(1.0).draw(&model.next_logits(&seen), &seen, &mut rng);
                assert_eq!(id, expected, "after {seen:?}, from beginnings: {from_beginnings}");
                seen.push(id);
                if ManyEnds::spells(id) == b"\n\n" {
                    ended += 1;
                    if from_beginnings {
                        seen = vec![id];
                    }
                }
            }
            assert!(ended >= 3, "only {ended} texts ended: nothing was tested");
        }
        assert_ne!(write(true), write(false), "it makes no difference what the model sees");
    }

    #[test]
    fn without_a_tokenizer_numbers_are_shown() {
        for words in ["--beams 2 --tokens 3", "--greedy --tokens 3"] {
            assert_eq!(written(words, false, None).trim_end(), "10 10 10");
        }
    }

    #[test]
    fn every_option_says_how_tokens_are_chosen() {
        let sampling = |words: &str| Program::parse_from(words.split(' ')).args.sampling().unwrap();
        let all = "write --temperature 1.5 --top-k 3 --top-p 0.75 --min-p 0.25 --repetition-penalty 2";
        let expected = Sampling {
            temperature: 1.5,
            top_k: Some(3),
            top_p: Some(0.75),
            min_p: Some(0.25),
            repetition_penalty: 2.0,
        };
        assert_eq!(sampling(all), expected);
        assert_eq!(sampling("write"), Sampling::at(0.8));
        assert_eq!(sampling("write --greedy"), Sampling::at(0.0));
    }

    #[test]
    fn the_seed_decides_what_is_drawn() {
        // So hot that all bytes are nearly equally likely.
        let drawn = |seed| written(&format!("--temperature 1000 --tokens 8 --seed {seed}"), false, None);
        assert_eq!(drawn(5), drawn(5));
        assert_ne!(drawn(5), drawn(6));
    }

    #[test]
    fn nothing_is_written_from_a_stop_string_on() {
        assert_eq!(written("--greedy --tokens 6 --stop \n\n", false, Some(&Bytes)), "\n");
    }

    #[test]
    fn a_penalty_looks_at_what_was_written() {
        let words = "--greedy --tokens 2 --repetition-penalty 1000";
        assert_eq!(written(words, false, None).trim_end(), "10 11");
    }

    #[test]
    fn the_prompt_is_shown_where_text_follows_it() {
        for (words, expected) in [("write", "Once"), ("write --explain", "Once\n"), ("write --json", "")] {
            let (program, mut out) = (Program::parse_from(words.split(' ')), Vec::new());
            program.args.show_prompt("Once", &mut out).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{words}");
        }
    }
}
