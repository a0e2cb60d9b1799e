//! Telling: drawing one choice at every beat.

use super::beats::STORY;
use super::choice::Choice;
use super::grammar::Grammar;
use super::plot::Plot;
use rand::Rng;

impl Grammar {
    /// One story, ending in an empty line.
    pub fn tell(&self, rng: &mut impl Rng) -> String {
        let mut plot = Plot::default();
        let mut story = String::new();
        for &beat in STORY {
            let choices = self.offer(beat, &plot);
            let choice = choices[drawn(&choices, rng)];
            story.push_str(&choice.text(&plot));
            plot = choice.apply(&plot);
        }
        story
    }
}

/// One story of the default grammar, ending in an empty line.
///
/// ```
/// let story = language_models::story::tell(&mut tensors::seeds::generator(1));
/// assert!(story.is_ascii() && story.ends_with("\n\n"));
/// ```
pub fn tell(rng: &mut impl Rng) -> String {
    Grammar::default().tell(rng)
}

/// Draws one of the choices, each as often as its weight says.
fn drawn(choices: &[Choice], rng: &mut impl Rng) -> usize {
    let all: f64 = choices.iter().map(|choice| choice.weight).sum();
    // Among whole weights a whole number is drawn: so the default grammar always did, and so it goes
    // on telling the same stories.
    let whole = choices.iter().all(|choice| f64::from(choice.weight as u32) == choice.weight);
    let mut ticket = if whole { f64::from(rng.gen_range(0..all as u32)) } else { rng.r#gen::<f64>() * all };
    let hit = choices.iter().position(|choice| {
        ticket -= choice.weight;
        ticket < 0.0
    });
    // Rounding can leave a crumb, which is the last one's.
    hit.unwrap_or(choices.len() - 1)
}
