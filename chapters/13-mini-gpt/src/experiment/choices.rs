//! What the default run's choices gave, one after the other, at the same number of tokens; and the
//! published setting on Shakespeare, with and without better ones.

use super::record::Trial;
use super::whole::{run, trial};
use anyhow::{Result, bail};
use dfdx::prelude::Cpu;
use gpt::corpus::{Source, Text};
use gpt::evaluate::Score;
use gpt::settings::Settings;
use gpt::sizes::{Laptop, LaptopBpe};
use gpt::{Gpt, Whole};
use std::path::Path;

/// A run, judged by all held-out text.
fn whole<M: Whole<Cpu>>(text: &Text, settings: &Settings, seed: u64) -> Result<Score> {
    Ok(run::<M>(text, Settings { seed, ..settings.clone() }, usize::MAX, |_| {})?)
}

/// What led to the default run's settings, which are the last.
fn choices_of_stories() -> [(&'static str, Settings); 4] {
    let last = Settings::stories();
    let slow = Settings { lr: 2e-3, ..last.clone() };
    let anywhere = Settings { from_beginnings: false, ..slow.clone() };
    let bytes = Settings {
        size: "laptop".to_owned(),
        batch: 8,
        context: 256,
        steps: last.steps * 15 / 16,
        ..anywhere.clone()
    };
    [
        ("bytes, windows of 256 anywhere", bytes),
        ("byte-pair encoding, windows of 320", anywhere),
        ("windows begin where stories begin", slow),
        ("rate 0.003 instead of 0.002", last),
    ]
}

/// The published settings, and others that read as much.
fn choices_of_shakespeare() -> [(&'static str, Settings); 5] {
    let published = Settings::laptop();
    let faster = Settings { lr: 2e-3, ..published.clone() };
    let unclipped = Settings { clip: 100.0, ..faster.clone() };
    let smaller = Settings { batch: 6, steps: 4000, ..unclipped.clone() };
    let longer = Settings { batch: 3, context: 256, ..faster.clone() };
    [
        ("the published setting", published),
        ("rate 0.002 instead of 0.001", faster),
        ("also no clipping", unclipped),
        ("also 4000 steps of 6 windows", smaller),
        ("rate 0.002, 3 windows of 256", longer),
    ]
}

/// Bits a character above the floor.
pub fn stories() -> Result<Vec<Trial>> {
    let text = Text::load(&Source::Stories)?;
    let above = |score: Score| score.bits_per_char - score.floor_bits_per_char.unwrap_or(f64::NAN);
    let measured = choices_of_stories().into_iter().map(|(name, settings)| {
        trial(name, &[settings.seed], |seed| {
            Ok(above(match settings.size.as_str() {
                "laptop" => whole::<Gpt<Laptop>>(&text, &settings, seed)?,
                "laptop-bpe" => whole::<Gpt<LaptopBpe>>(&text, &settings, seed)?,
                other => bail!("no size of this experiment is called {other}"),
            }))
        })
    });
    measured.collect()
}

/// Held-out loss in nats a character of the file that the published settings are for.
pub fn shakespeare(file: &Path) -> Result<Vec<Trial>> {
    let text = Text::load(&Source::File(file.to_owned()))?;
    let measured = choices_of_shakespeare().into_iter().map(|(name, settings)| {
        trial(name, &[1, 2, 3], |seed| Ok(whole::<Gpt<Laptop>>(&text, &settings, seed)?.loss))
    });
    measured.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the settings in which two runs differ.
    fn different(one: &Settings, two: &Settings) -> Vec<String> {
        let [one, two] = [one, two].map(|settings| serde_json::to_value(settings).unwrap());
        let fields = one.as_object().unwrap().iter();
        fields.filter(|(name, value)| two[name] != **value).map(|(name, _)| name.clone()).collect()
    }

    #[test]
    fn all_rows_of_a_list_read_as_many_tokens() {
        let tokens = |settings: &Settings| settings.steps * settings.tokens_a_step();
        for (name, settings) in choices_of_stories() {
            let short = tokens(&Settings::stories()).abs_diff(tokens(&settings));
            assert!(short < settings.tokens_a_step(), "{name}: {short} tokens from the default run's");
        }
        for (name, settings) in choices_of_shakespeare() {
            assert_eq!(tokens(&settings), 2000 * 768, "{name}");
        }
    }

    #[test]
    fn a_row_differs_from_the_one_before_in_what_its_name_says() {
        let [bytes, anywhere, slow, last] = choices_of_stories().map(|(_, settings)| settings);
        assert_eq!(different(&bytes, &anywhere), ["batch", "context", "size", "steps"]);
        assert_eq!(different(&anywhere, &slow), ["from_beginnings"]);
        assert_eq!(different(&slow, &last), ["lr"]);
        assert_eq!(last, Settings::stories());
        let [published, faster, unclipped, smaller, longer] =
            choices_of_shakespeare().map(|(_, settings)| settings);
        assert_eq!(published, Settings::laptop());
        assert_eq!(different(&published, &faster), ["lr"]);
        assert_eq!(different(&faster, &unclipped), ["clip"]);
        assert_eq!(different(&unclipped, &smaller), ["batch", "steps"]);
        assert_eq!(different(&faster, &longer), ["batch", "context"]);
    }
}
