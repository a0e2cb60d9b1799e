//! The beginnings of stories about the people of a world: who somebody is, and what is so about them
//! in every story.
//!
//! The first two sentences name the hero, and then tell the five facts that the name settles. The
//! rest of a story is about other things, so it is left away; and so that nothing has to be learned
//! about spelling, every phrase that the grammar picks is one token:
//!
//! ```text
//! Once upon a time there was | a brave | girl called Anna | Ash | bourne. | She lived |
//! beside the mill, | with her aunt, who | mended clocks. | Next door lived | Ben, who | sang. …
//! ```

use gpt::data::Batch;
use language_models::story::beats::STORY;
use language_models::story::{Choice, Dials, DialsError, Grammar, Plot, Slot};
use rand::Rng;
use rand::distributions::{Distribution, WeightedIndex};
use rand_chacha::ChaCha8Rng;
use tensors::seeds;

/// How many phrases each place of a beginning can hold. The first is the token that begins it; then
/// come opening, trait, first name, the two parts of the surname, "lived", home, relative, trade,
/// "friend", friend and habit.
const PHRASES: [usize; TOKENS] = [1, 7, 12, 40, SYLLABLES, SYLLABLES, 3, 24, 10, 12, 3, 40, 12];
/// Stems of surnames, and as many endings.
const SYLLABLES: usize = 32;
/// Tokens of a beginning, with the one that begins it.
pub const TOKENS: usize = 13;
/// The places of the facts: home, relative, trade, friend and habit.
pub const FACTS: [usize; 5] = [7, 8, 9, 11, 12];
/// Tokens that a model of beginnings knows.
pub const VOCABULARY: usize = first_of(TOKENS);

/// The first token of the phrases of `place`: each place has tokens of its own.
const fn first_of(place: usize) -> usize {
    let (mut first, mut before) = (0, 0);
    while before < place {
        first += PHRASES[before];
        before += 1;
    }
    first
}

/// A beginning: one token for each place.
pub type Beginning = [usize; TOKENS];

// ANCHOR: beginnings
/// Tells beginnings of one grammar with a world.
#[derive(Debug, Clone)]
pub struct Beginnings {
    /// Who there is, each with the plot that the name settles, and how likely each is.
    people: Vec<Choice>,
    who: WeightedIndex<f64>,
    /// What the places that are no facts and no names are drawn from.
    free: [(usize, WeightedIndex<f64>); 4],
    fact_bits: f64,
}

impl Beginnings {
    /// Those of the grammar with these dials.
    ///
    /// # Errors
    /// When there is no such grammar.
    ///
    /// # Panics
    /// When its world has nobody in it.
    pub fn new(dials: Dials) -> Result<Self, DialsError> {
        assert!(dials.people > 0, "a world without people has no facts");
        let grammar = Grammar::new(dials)?;
        let offer = |beat: usize| grammar.offer(STORY[beat], &Plot::default());
        let draw = |choices: &[Choice]| {
            WeightedIndex::new(choices.iter().map(|choice| choice.weight)).expect("the grammar has weights")
        };
        let people = offer(2).into_owned(); // after the opening and the trait
        Ok(Self {
            who: draw(&people),
            free: [(1, 0), (2, 1), (6, 3), (10, 7)].map(|(place, beat)| (place, draw(&offer(beat)))),
            fact_bits: grammar.fact_bits() / people.len() as f64,
            people,
        })
    }

    /// How many people there are.
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// The bits of one person's facts.
    pub fn fact_bits(&self) -> f64 {
        self.fact_bits
    }

    /// A beginning about person number `person`, counted from 0 in the order of likelihood.
    pub fn about(&self, person: usize, rng: &mut impl Rng) -> Beginning {
        let plot = &self.people[person].sets;
        let surname = plot.get(Slot::Surname);
        let facts = [Slot::Home, Slot::Relative, Slot::Trade, Slot::Friend, Slot::Habit];
        let mut phrases = [0; TOKENS];
        phrases[3..6].copy_from_slice(&[plot.get(Slot::Hero), surname / SYLLABLES, surname % SYLLABLES]);
        for (place, slot) in FACTS.into_iter().zip(facts) {
            phrases[place] = plot.get(slot);
        }
        for (place, draw) in &self.free {
            phrases[*place] = draw.sample(rng);
        }
        std::array::from_fn(|place| first_of(place) + phrases[place])
    }

    /// `rows` beginnings about people drawn as the grammar draws them.
    pub fn batch(&self, rows: usize, rng: &mut impl Rng) -> Batch {
        let texts: Vec<usize> = (0..rows)
            .flat_map(|_| {
                let person = self.who.sample(rng);
                self.about(person, rng)
            })
            .collect();
        let starts: Vec<usize> = (0..rows).map(|row| row * TOKENS).collect();
        Batch::at(&texts, &starts, TOKENS - 1)
    }

    /// What each person's facts cost, by the bits of each token after the first of a beginning about
    /// the person.
    pub fn fact_costs(&self, seed: u64, costs: impl Fn(&Beginning) -> Vec<f64>) -> Vec<f64> {
        let mut rng: ChaCha8Rng = seeds::generator(seed);
        let cost = |person| {
            let costs = costs(&self.about(person, &mut rng));
            FACTS.iter().map(|place| costs[place - 1]).sum()
        };
        (0..self.people()).map(cost).collect()
    }
}
// ANCHOR_END: beginnings

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capacity::learn::{Plan, learn};
    use crate::capacity::saved;
    use gpt::Gpt;
    use gpt::evaluate::bits;
    use kernels::Workers;
    use std::collections::BTreeMap;

    const DIALS: Dials = Dials { zipf: 1.0, people: 50, seed: 4 };

    /// The phrases of the beginning of a story that the grammar told, by its parser.
    fn read(grammar: &Grammar, story: &str) -> (Vec<usize>, Plot, usize) {
        let reading = grammar.read(story).expect("a story");
        let (mut plot, mut texts, mut length) = (Plot::default(), Vec::new(), 0);
        for (&beat, &taken) in STORY[..10].iter().zip(&reading.choices) {
            let choice = grammar.offer(beat, &plot)[taken];
            length += choice.text(&plot).len();
            plot = choice.apply(&plot);
            texts.push(taken);
        }
        (texts, plot, length)
    }

    #[test]
    fn every_place_has_as_many_tokens_as_the_grammar_has_phrases() {
        let grammar = Grammar::default();
        let offered = |beat: usize| grammar.offer(STORY[beat], &Plot::default()).len();
        let counted = [0, 1, 2, 3, 4, 5, 6, 7, 9].map(offered);
        assert_eq!(counted, [1, 2, 3, 6, 7, 8, 9, 10, 12].map(|place| PHRASES[place]));
        // A friend is anybody of the same forty first names but the hero.
        assert_eq!(PHRASES[11], PHRASES[3]);
        assert_eq!(VOCABULARY, 228);
    }

    #[test]
    fn what_the_grammar_tells_is_told_here_as_often() {
        // The same stories from the grammar itself and from here: each person, and each of the free
        // phrases, as often as four standard errors allow.
        let (grammar, own) = (Grammar::new(DIALS).unwrap(), Beginnings::new(DIALS).unwrap());
        let (mut theirs, mut ours) = (BTreeMap::new(), BTreeMap::new());
        let (mut rng, mut other) = (seeds::generator(1), seeds::generator(2));
        let count = 4000;
        for _ in 0..count {
            let (choices, ..) = read(&grammar, &grammar.tell(&mut rng));
            for (place, beat) in [(1, 0), (2, 1), (3, 2), (6, 3), (10, 7)] {
                *theirs.entry((place, choices[beat])).or_insert(0_i32) += 1;
            }
            let person = own.who.sample(&mut other);
            let told = own.about(person, &mut other);
            for place in [1, 2, 6, 10] {
                *ours.entry((place, told[place] - first_of(place))).or_insert(0_i32) += 1;
            }
            *ours.entry((3, person)).or_insert(0) += 1;
        }
        assert!(theirs.keys().eq(ours.keys()), "the same phrases");
        for (what, n) in &theirs {
            let (a, b) = (f64::from(*n), f64::from(ours[what]));
            assert!((a - b).abs() < 4.0 * (a + b).sqrt() + 1.0, "{what:?}: {a} and {b} of {count}");
        }
    }

    #[test]
    fn a_persons_tokens_are_the_facts_that_every_story_tells() {
        let (grammar, own) = (Grammar::new(DIALS).unwrap(), Beginnings::new(DIALS).unwrap());
        let (mut rng, mut surnames) = (seeds::generator(7), BTreeMap::new());
        for _ in 0..300 {
            let story = grammar.tell(&mut rng);
            let (choices, plot, _) = read(&grammar, &story);
            let told = own.about(choices[2], &mut rng);
            let facts = [Slot::Home, Slot::Relative, Slot::Trade, Slot::Friend, Slot::Habit];
            for (place, slot) in FACTS.into_iter().zip(facts) {
                assert_eq!(told[place] - first_of(place), plot.get(slot), "{slot:?}");
            }
            // "girl called Anna Ashbourne": the tokens of a surname's parts are its letters.
            let name = own.people[choices[2]].text(&Plot::default());
            let surname = name.trim_end_matches(". ").rsplit(' ').next().unwrap().to_owned();
            surnames.insert((told[4], told[5]), surname);
        }
        let starts = |(a, x): (&(usize, usize), &String), (b, y): (&(usize, usize), &String)| {
            (a.0 == b.0) == (x[..3] == y[..3])
        };
        // Stems differ in their first three letters.
        for one in &surnames {
            assert!(surnames.iter().all(|other| starts(one, other)), "{one:?}");
        }
    }

    #[test]
    fn facts_cost_their_bits_to_whoever_knows_the_lists_only() {
        // log₂ of 24 homes, 10 relatives, 12 trades, 39 friends and 12 habits.
        let own = Beginnings::new(DIALS).unwrap();
        let bits: f64 = [24.0, 10.0, 12.0, 39.0, 12.0_f64].iter().map(|count| count.log2()).sum();
        assert!((own.fact_bits() - bits).abs() < 1e-9);
        assert!((bits - 20.36).abs() < 0.01, "{bits}");
        // A reader who spreads the friend over all forty pays a little more.
        let even = |told: &Beginning| -> Vec<f64> {
            assert_eq!(told[0], 0);
            PHRASES[1..].iter().map(|&count| (count as f64).log2()).collect()
        };
        let costs = own.fact_costs(1, even);
        assert_eq!(costs.len(), 50);
        let more = (40.0_f64 / 39.0).log2();
        assert!(costs.iter().all(|cost| (cost - bits - more).abs() < 1e-9));
    }

    transformer::sizes!(Small {
        vocab: VOCABULARY,
        context: TOKENS - 1,
        model: 16,
        heads: 2,
        head_dim: 8,
        hidden: 64,
        layers: 1
    });

    #[test]
    fn a_model_knows_the_people_whom_it_has_read_of_and_nobody_of_another_world() {
        let world = |seed| Beginnings::new(Dials { zipf: 0.0, people: 12, seed }).unwrap();
        let (own, other, mut rng) = (world(1), world(1001), seeds::generator(2));
        let plan = Plan { steps: 400, rate: 1e-2, seed: 3 };
        let model: Gpt<Small> = learn(plan, &Workers::alone(), || own.batch(16, &mut rng));
        let all = 12.0 * own.fact_bits();
        let saved_of =
            |world: &Beginnings| saved(world.fact_bits(), &world.fact_costs(5, |text| bits(&model, text)));
        let (knows, guesses) = (saved_of(&own), saved_of(&other));
        assert!(knows > 0.9 * all && knows <= all, "{knows} bits of {all}");
        assert!(guesses < 0.01 * all, "{guesses} bits saved of people about whom nothing was read");
    }
}
