//! Telling: drawing one choice at every beat.

use super::beats::STORY;
use super::plot::Plot;
use rand::Rng;

// ANCHOR: tell
/// One story, ending in an empty line.
///
/// ```
/// let story = language_models::story::tell(&mut tensors::seeds::generator(1));
/// assert!(story.is_ascii() && story.ends_with("\n\n"));
/// ```
pub fn tell(rng: &mut impl Rng) -> String {
    let mut plot = Plot::default();
    let mut story = String::new();
    for beat in STORY {
        let choices = beat(&plot);
        let mut ticket = rng.gen_range(0..choices.iter().map(|choice| choice.weight).sum::<u32>());
        let drawn = choices.iter().find(|choice| {
            let hit = ticket < choice.weight;
            ticket = ticket.saturating_sub(choice.weight);
            hit
        });
        let choice = drawn.expect("the ticket is smaller than the sum of the weights");
        story.push_str(&choice.text(&plot));
        plot = choice.apply(&plot);
    }
    story
}
// ANCHOR_END: tell
