//! The people of a world: whoever bears a name has the same facts in every story.

use super::choice::{Choice, sentence};
use super::lists::{self, BOYS, ENDINGS, GIRLS, STEMS};
use super::plot::Plot;
use super::slot::Slot;
use rand::Rng;
use tensors::seeds;

const FIRST_NAMES: usize = GIRLS.len() + BOYS.len();
const SURNAMES: usize = STEMS.len() * ENDINGS.len();
/// How many people a world can tell apart.
pub(crate) const NAMES: usize = FIRST_NAMES * SURNAMES;

/// What a name settles besides the best friend, who is anybody but the hero: where the hero lives
/// and with which relative, what the relative does, and what the friend does.
const FACTS: [Slot; 4] = [Slot::Home, Slot::Relative, Slot::Trade, Slot::Habit];

/// The entropy of one person's facts.
pub(crate) fn bits_a_person() -> f64 {
    let counts = FACTS.into_iter().map(lists::count).chain([FIRST_NAMES - 1]);
    counts.map(|count| (count as f64).log2()).sum()
}

/// The first `count` people of the world with this seed, as choices of the hero. A larger world
/// with the same seed begins with the same people.
pub(crate) fn people(count: usize, seed: u64) -> Vec<Choice> {
    if count == 0 {
        return Vec::new(); // nobody to look names up for
    }
    let mut rng = seeds::generator(seed);
    // u32: a draw of usize differs from machine to machine.
    let mut draw = |from: usize, to: usize| rng.gen_range(from as u32..to as u32) as usize;
    let mut names: Vec<usize> = (0..NAMES).collect();
    let person = |number: usize| {
        // One of the names that are left (Fisher and Yates' shuffle, as far as it is needed).
        names.swap(number, draw(number, NAMES));
        let (first_name, surname) = (names[number] / SURNAMES, names[number] % SURNAMES);
        let friend = draw(0, FIRST_NAMES - 1);
        let named = Plot::default()
            .with(Slot::Hero, first_name)
            .with(Slot::Surname, surname)
            .with(Slot::Friend, friend + usize::from(friend >= first_name));
        Choice {
            rank: Some(number + 1),
            sets: FACTS.into_iter().fold(named, |plot, slot| plot.with(slot, draw(0, lists::count(slot)))),
            ..sentence(1, "{girl} called {hero} {stem}{ending}. ")
        }
    };
    (0..count).map(person).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn everybody_has_a_name_of_her_own_and_a_friend_of_another_name() {
        let everybody = people(NAMES, 1);
        let names: BTreeSet<String> =
            everybody.iter().map(|person| person.text(&Plot::default())).collect();
        assert_eq!(names.len(), NAMES);
        assert!(
            everybody.iter().all(|person| person.sets.get(Slot::Hero) != person.sets.get(Slot::Friend))
        );
    }

    #[test]
    fn a_world_grows_at_its_end_and_another_seed_is_another_world() {
        let world = people(100, 7);
        assert_eq!(world[..30], people(30, 7));
        assert_ne!(world, people(100, 8));
    }

    #[test]
    fn every_fact_is_equally_likely() {
        let world = people(NAMES, 3);
        for slot in FACTS.into_iter().chain([Slot::Friend]) {
            let mut counts = vec![0; lists::count(slot)];
            for person in &world {
                counts[person.sets.get(slot)] += 1;
            }
            let expected = NAMES as f64 / counts.len() as f64;
            // Five standard errors of a count: about a hundred counts are looked at.
            let most = 5.0 * expected.sqrt();
            assert!(counts.iter().all(|&n| (f64::from(n) - expected).abs() < most), "{slot:?}: {counts:?}");
        }
    }
}
