//! **Instructions**: "A story of a shy girl called Anna who loses a drum in winter." What is asked for are slots of a
//! story's plot, and the story's own grammar reads back whether the answer has them. So nobody need judge.

use crate::masked::Example;
use gpt::data::SEPARATOR;
use language_models::story::beats::STORY;
use language_models::story::{Choice, Plot, Slot, tell};
use rand::Rng;
use tokens::Tokenizer;

/// What an instruction asks for.
pub const ASKED: [Slot; 4] = [Slot::Trait, Slot::Hero, Slot::Object, Slot::Season];

// ANCHOR: wording
/// The words of an instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// "A story of a shy girl called Anna who loses a drum in winter."
    Usual,
    /// "It is winter. Anna, a shy girl, has lost her drum." Nothing is trained on it: does the model follow
    /// instructions, or only one sentence?
    Other,
}

impl Wording {
    /// The instruction that asks for what is in `plot`.
    pub fn instruction(self, plot: &Plot) -> String {
        let template = match self {
            Self::Usual => "A story of a {trait} {girl} called {hero} who loses a {object} in {season}.",
            Self::Other => "It is {season}. {hero}, a {trait} {girl}, has lost {her} {object}.",
        };
        Choice { weight: 1.0, rank: None, template, sets: Plot::default() }.text(plot)
    }
}
// ANCHOR_END: wording

/// The tokens of an instruction: as the texts of a corpus, it begins after an empty line and ends with one.
pub fn prompt(instruction: &str, tokenizer: &impl Tokenizer) -> Vec<usize> {
    let end = tokenizer.encode(SEPARATOR);
    let begin = &end[end.len() - 1..];
    [begin, &tokenizer.encode(instruction), &end].concat()
}

/// The example whose answer is `story`, which ends in an empty line, and whose instruction asks for it.
///
/// # Errors
/// When it does not fit the context.
pub fn example(
    story: &str,
    wording: Wording,
    tokenizer: &impl Tokenizer,
    context: usize,
) -> Result<Example, String> {
    let prompt = prompt(&wording.instruction(&told(story)), tokenizer);
    Example::new(&prompt, &tokenizer.encode(story), context)
}

/// The first `count` examples that `rng` tells and that fit the context.
///
/// # Errors
/// When of so many stories not one in ten fits.
pub fn examples(
    count: usize,
    wording: Wording,
    tokenizer: &impl Tokenizer,
    context: usize,
    rng: &mut impl Rng,
) -> Result<Vec<Example>, String> {
    let mut found = Vec::new();
    for _ in 0..10 * count {
        if found.len() == count {
            break;
        }
        found.extend(example(&tell(rng), wording, tokenizer, context));
    }
    if found.len() < count {
        return Err(format!("hardly any story fits {context} tokens together with its instruction"));
    }
    Ok(found)
}

// ANCHOR: told
/// What the beginning of `text` tells, as far as it could be told by the grammar.
pub fn told(text: &str) -> Plot {
    let (mut plot, mut rest) = (Plot::default(), text);
    for beat in STORY {
        let choices = beat(&plot);
        // No choice's text begins another one: one at most fits.
        let fits = |choice: &&Choice| rest.starts_with(&choice.text(&plot));
        let Some(choice) = choices.iter().find(fits) else { break };
        rest = &rest[choice.text(&plot).len()..];
        plot = choice.apply(&plot);
    }
    plot
}

/// Which of [`ASKED`] a text has as `plot` asks for it. What it does not tell, or tells after it has left
/// the grammar, it does not have.
pub fn followed(plot: &Plot, text: &str) -> [bool; ASKED.len()] {
    let told = told(text);
    ASKED.map(|slot| told.knows(slot) && told.get(slot) == plot.get(slot))
}
// ANCHOR_END: told

/// How often a story that knows nothing of the instruction has what is asked for: all words of these slots are
/// equally likely.
pub fn by_chance(slot: Slot) -> f64 {
    let offers = STORY.iter().map(|beat| beat(&Plot::default()));
    let words = offers.filter(|choices| choices[0].sets.knows(slot)).map(|choices| choices.len());
    1.0 / words.max().unwrap_or(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use gpt::tokenizer::Tokens;
    use language_models::story::read;
    use tensors::seeds;

    fn stories(count: usize) -> Vec<String> {
        let mut rng = seeds::generator(4);
        (0..count).map(|_| tell(&mut rng)).collect()
    }

    #[test]
    fn a_story_has_what_its_own_instruction_asks_for() {
        for story in stories(200) {
            let plot = read(&story).unwrap().plot;
            assert_eq!(told(&story), plot);
            assert_eq!(followed(&plot, &story), [true; 4]);
        }
    }

    #[test]
    fn another_story_has_it_by_chance() {
        let stories = stories(4000);
        let plot = read(&stories[0]).unwrap().plot;
        let mut counts = [0_u32; 4];
        for story in &stories[1..] {
            for (count, has) in counts.iter_mut().zip(followed(&plot, story)) {
                *count += u32::from(has);
            }
        }
        for ((count, slot), words) in counts.into_iter().zip(ASKED).zip([12.0, 40.0, 45.0, 4.0]) {
            let (p, n) = (1.0 / words, 3999.0);
            assert_eq!(by_chance(slot), p);
            // Three standard errors.
            assert!(
                (f64::from(count) - n * p).abs() < 3.0 * (n * p * (1.0 - p)).sqrt(),
                "{slot:?}: {count}"
            );
        }
    }

    #[test]
    fn what_stands_behind_the_first_mistake_is_not_read() {
        let story = &stories(1)[0];
        let plot = read(story).unwrap().plot;
        let at = story.find("One ").unwrap();
        let damaged = format!("{}#{}", &story[..at], &story[at..]);
        let [has_trait, has_hero, has_object, has_season] = followed(&plot, &damaged);
        assert!(has_trait && has_hero && !has_object && !has_season);
        assert_eq!(followed(&plot, ""), [false; 4]);
    }

    #[test]
    fn an_instruction_says_what_the_story_has() {
        let plot = ASKED.into_iter().fold(Plot::default(), |plot, slot| plot.with(slot, 0));
        let expected = "A story of a brave girl called Anna who loses a ball in spring.";
        assert_eq!(Wording::Usual.instruction(&plot), expected);
        let plot = plot.with(Slot::Hero, 25);
        assert_eq!(
            Wording::Other.instruction(&plot),
            "It is spring. Frank, a brave boy, has lost his ball."
        );
    }

    #[test]
    fn the_prompt_of_an_example_is_what_is_typed_for_it() {
        let story = &stories(1)[0];
        for tokenizer in [Tokens::Bytes, Tokens::learn(400, &stories(40).concat()).unwrap()] {
            let example = example(story, Wording::Usual, &tokenizer, 2000).unwrap();
            let instruction = Wording::Usual.instruction(&told(story));
            let typed = gpt::data::prompt(&format!("{instruction}{SEPARATOR}"), &tokenizer, true);
            assert_eq!(example.prompt(), typed);
            assert_eq!(example.tokens()[typed.len()..], tokenizer.encode(story));
        }
    }
}
