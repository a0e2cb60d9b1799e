//! Examples from a file of JSON lines, as they are common: `{"prompt": "…", "completion": "…"}`, one a line.

use crate::Error;
use crate::instruct::prompt;
use crate::masked::Example;
use gpt::data::SEPARATOR;
use serde::Deserialize;
use tokens::Tokenizer;

/// A line.
#[derive(Debug, Deserialize)]
struct Pair {
    prompt: String,
    completion: String,
}

/// The examples of a text, for a model that sees `context` tokens. A prompt is laid out as an
/// [instruction](prompt); a completion ends with an empty line, which is added where it has none. Lines that hold only
/// blanks are left out.
///
/// # Errors
/// [`Error::Line`] with the first line that is no example, and why; [`Error::NoExamples`].
pub fn read(text: &str, tokenizer: &impl Tokenizer, context: usize) -> Result<Vec<Example>, Error> {
    let example = |(number, line): (usize, &str)| {
        read_line(line, tokenizer, context).map_err(|reason| Error::Line { line: number + 1, reason })
    };
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let examples = lines.map(example).collect::<Result<Vec<_>, _>>()?;
    if examples.is_empty() { Err(Error::NoExamples) } else { Ok(examples) }
}

fn read_line(line: &str, tokenizer: &impl Tokenizer, context: usize) -> Result<Example, String> {
    let pair: Pair = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if pair.completion.trim().is_empty() {
        return Err("its completion is empty: there is nothing to learn from it".to_owned());
    }
    let completion = pair.completion.trim_end_matches('\n');
    Example::new(
        &prompt(pair.prompt.trim_end_matches('\n'), tokenizer),
        &tokenizer.encode(&format!("{completion}{SEPARATOR}")),
        context,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use gpt::tokenizer::Tokens;

    fn read(text: &str) -> Result<Vec<Example>, String> {
        super::read(text, &Tokens::Bytes, 30).map_err(|error| error.to_string())
    }

    #[test]
    fn a_line_is_a_prompt_and_its_completion() {
        let examples = read("{\"prompt\": \"Sum?\", \"completion\": \"Four.\\n\"}\n\n").unwrap();
        assert_eq!(examples.len(), 1);
        assert_eq!(Tokens::Bytes.decode(examples[0].prompt()).unwrap(), b"\nSum?\n\n");
        assert_eq!(Tokens::Bytes.decode(examples[0].tokens()).unwrap(), b"\nSum?\n\nFour.\n\n");
        // Other fields may stand there, and a prompt may be empty.
        assert!(read("{\"id\": 7, \"prompt\": \"\", \"completion\": \"x\"}").is_ok());
    }

    #[test]
    fn what_is_no_example_is_refused_with_its_line() {
        let good = "{\"prompt\": \"a\", \"completion\": \"b\"}\n";
        for (bad, reason) in [
            ("{\"prompt\": \"a\", \"completion\": \"\"}", "line 2 is no example: its completion is empty"),
            (
                "{\"prompt\": \"a\", \"completion\": \" \\n\"}",
                "line 2 is no example: its completion is empty",
            ),
            ("{\"prompt\": \"a\"}", "line 2 is no example: missing field `completion`"),
            ("{\"prompt\": \"a\", \"completion\": 7}", "line 2 is no example: invalid type: integer"),
            ("{\"prompt\": \"a\"", "line 2 is no example: EOF while parsing"),
            ("tell me a story", "line 2 is no example: expected"),
            ("[1, 2]", "line 2 is no example"),
            (
                "{\"prompt\": \"123456789\", \"completion\": \"123456789012345678\"}",
                "line 2 is no example: it has 32 tokens, and the model has room for 31",
            ),
        ] {
            let message = read(&format!("{good}{bad}\n{good}")).unwrap_err();
            assert!(message.starts_with(reason), "{bad}: {message}");
        }
        assert!(read("\n \n").unwrap_err().starts_with("there are no examples"));
    }
}
