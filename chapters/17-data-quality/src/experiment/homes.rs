//! Does the classifier count homes? It sees which words a text has, and a story with a wrong home at its end
//! names two. So a home more is named in right stories: the same once more, or another.

use anyhow::{Context, Result};
use kernels::measured::mean_and_error;
use language_models::story::beats::STORY;
use language_models::story::{Grammar, Plot, Slot};
use std::fmt::Write;

/// Homes, and for comparison what is named twice in a story as well and is never wrong.
const SLOTS: [(&str, Slot); 2] = [("home", Slot::Home), ("hiding place", Slot::Hiding)];

/// Prints how much lower the scores are when another one is named instead of the same once more; `judged`
/// are filters and stories for each seed.
pub fn report<F: Fn(&str) -> f64>(judged: &[(F, Vec<String>)]) -> Result<()> {
    println!(
        "\nthe classifier, where one sentence more names another one instead of the same: by how much its"
    );
    println!("score falls on average, each seed; with how many stories it falls");
    for (name, slot) in SLOTS {
        let mut line = String::new();
        let (mut falls, mut all) = (0, 0);
        for (filter, stories) in judged {
            let mut drops = Vec::new();
            for story in stories {
                let (same, other) = named(story, slot).with_context(|| format!("no {name} in {story}"))?;
                let told = |place: &str| filter(&format!("{} It was {place}.", story.trim_end()));
                drops.push(told(&same) - told(&other));
            }
            falls += drops.iter().filter(|drop| **drop > 0.0).count();
            all += drops.len();
            let (mean, error) = mean_and_error(&drops);
            let _ = write!(line, "  {mean:.3} ± {error:.3}");
        }
        println!("  {name:<14}{line}   {falls} of {all}");
    }
    Ok(())
}

/// What the story says of the slot, and what the next one in the list would have said.
fn named(story: &str, slot: Slot) -> Option<(String, String)> {
    let grammar = Grammar::default();
    let taken = grammar.read(&format!("{}\n\n", story.trim_end())).ok()?.choices;
    let mut plot = Plot::default();
    for (&beat, taken) in STORY.iter().zip(taken) {
        let offered = grammar.offer(beat, &plot);
        if offered[taken].sets.knows(slot) {
            let other = offered[(taken + 1) % offered.len()];
            let [same, other] = [offered[taken], other].map(|choice| choice.text(&plot));
            let place = |text: &str| text.trim_end_matches(['.', '"', '\n']).to_owned();
            return Some((place(&same), place(&other)));
        }
        plot = offered[taken].apply(&plot);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use language_models::story::tell;
    use tensors::seeds;

    #[test]
    fn what_is_named_is_in_the_story_and_the_other_is_not() {
        let story = tell(&mut seeds::generator(1));
        for (name, slot) in SLOTS {
            let (same, other) = named(&story, slot).unwrap();
            assert!(
                story.matches(&same).count() == 2 && !story.contains(&other),
                "{name}: {same}, {other}"
            );
        }
    }
}
