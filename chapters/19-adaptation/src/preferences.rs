//! Preferences from a file: JSON lines with a `"chosen"` and a `"rejected"` answer, and a `"prompt"` if there
//! is one. These are the names that libraries for preferences ask for.

use crate::Error;
use crate::answer::Answer;
use serde::Deserialize;
use tokens::Tokenizer;

/// One line.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    prompt: String,
    chosen: String,
    rejected: String,
}

/// The pairs of a text, the preferred answers first, for a model that sees `context` tokens. `prompt` lays a
/// prompt out as the model is shown it. Empty lines are left out.
///
/// # Errors
/// [`Error::Line`] for the first line that is no pair, or whose answers are empty, equal or too long, and
/// [`Error::NoExamples`] if there is none.
pub fn read(
    text: &str,
    prompt: impl Fn(&str) -> Vec<usize>,
    tokenizer: &impl Tokenizer,
    context: usize,
) -> Result<Vec<(Answer, Answer)>, Error> {
    let mut pairs = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |reason: String| Error::Line { line: number + 1, reason };
        let Line { prompt: given, chosen, rejected } =
            serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
        if chosen == rejected {
            return Err(wrong("both answers are the same: there is nothing to prefer".to_owned()));
        }
        let question = prompt(&given);
        let answer = |name: &str, text: &str| {
            let written = tokenizer.encode(text);
            if written.is_empty() {
                return Err(wrong(format!(
                    "its {name} answer is empty: there is nothing to learn from it"
                )));
            }
            let answer = Answer { tokens: [&question[..], &written].concat(), prompt: question.len() };
            // The last token is predicted, and not read.
            if answer.tokens.len() > context + 1 {
                let (has, most) = (answer.tokens.len(), context + 1);
                return Err(wrong(format!(
                    "its {name} answer makes {has} tokens, and the model has room for {most}"
                )));
            }
            Ok(answer)
        };
        pairs.push((answer("chosen", &chosen)?, answer("rejected", &rejected)?));
    }
    if pairs.is_empty() { Err(Error::NoExamples) } else { Ok(pairs) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gpt::tokenizer::Tokens;

    fn read_bytes(text: &str) -> Result<Vec<(Answer, Answer)>, Error> {
        let prompt = |text: &str| std::iter::once(b'\n').chain(text.bytes()).map(usize::from).collect();
        read(text, prompt, &Tokens::Bytes, 12)
    }

    #[test]
    fn a_pair_has_its_prompt_before_both_answers() {
        let pairs = read_bytes(
            "{\"prompt\": \"ab\", \"chosen\": \"cd\", \"rejected\": \"e\"}\n\n{\"chosen\": \"x\", \"rejected\": \"y\", \"id\": 7}\n",
        )
        .unwrap();
        assert_eq!(pairs.len(), 2);
        assert_eq!(pairs[0].0, Answer { tokens: b"\nabcd".map(usize::from).into(), prompt: 3 });
        assert_eq!((pairs[0].1.written(), pairs[1].0.prompt), (1, 1));
    }

    #[test]
    fn what_is_no_pair_is_refused_with_its_line() {
        for (text, expected) in [
            ("", "there are no examples"),
            ("{\"chosen\": \"x\"}", "line 1 is no example: missing field `rejected`"),
            ("\n{\"chosen\": \"x\", \"rejected\": 3}", "line 2 is no example: invalid type"),
            ("not JSON", "line 1 is no example: expected"),
            ("{\"chosen\": \"x\", \"rejected\": \"\"}", "its rejected answer is empty"),
            ("{\"chosen\": \"x\", \"rejected\": \"x\"}", "both answers are the same"),
            ("{\"chosen\": \"0123456789abc\", \"rejected\": \"x\"}", "its chosen answer makes 14 tokens"),
        ] {
            let message = read_bytes(text).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        }
        assert!(read_bytes("{\"chosen\": \"0123456789ab\", \"rejected\": \"x\"}").is_ok(), "12 are read");
    }
}
