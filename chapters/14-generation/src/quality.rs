//! How good are the texts, and how different? Usually people are asked. Our stories have a grammar,
//! whose parser says yes or no.

use language_models::story;
use std::collections::HashSet;

// ANCHOR: quality
/// What became of some stories.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quality {
    /// The share that the grammar could have told, to the last letter.
    pub told: f64,
    /// Of all runs of four words, the share that are different: 1 if nothing is ever said twice.
    pub variety: f64,
}

impl Quality {
    /// Judges `stories`.
    pub fn of(stories: &[String]) -> Self {
        let told = stories.iter().filter(|text| story::read(text).is_ok()).count();
        let (mut runs, mut different) = (0_usize, HashSet::new());
        for text in stories {
            let words: Vec<&str> = text.split_whitespace().collect();
            for run in words.windows(4) {
                runs += 1;
                different.insert(run.to_vec());
            }
        }
        Self { told: share(told, stories.len()), variety: share(different.len(), runs) }
    }
}
// ANCHOR_END: quality

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensors::seeds;

    #[test]
    fn the_grammars_own_stories_are_all_told_and_broken_ones_are_not() {
        let mut rng = seeds::generator(1);
        let told: Vec<String> = (0..20).map(|_| story::tell(&mut rng)).collect();
        assert_eq!(Quality::of(&told).told, 1.0);
        let broken: Vec<String> = told.iter().map(|story| story.replacen("the", "a", 1)).collect();
        assert!(Quality::of(&broken).told < 0.2);
    }

    #[test]
    fn variety_falls_when_a_story_is_told_again() {
        let story = story::tell(&mut seeds::generator(2));
        let once = Quality::of(std::slice::from_ref(&story)).variety;
        let thrice = Quality::of(&vec![story; 3]).variety;
        assert!((once - 3.0 * thrice).abs() < 1e-12 && once > 0.95);
        assert_eq!(
            Quality::of(&["one two three".to_owned()]).variety,
            0.0,
            "three words are no run of four"
        );
    }
}
