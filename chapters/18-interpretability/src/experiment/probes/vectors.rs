//! The vectors that the probes read.

use crate::experiment::trained::{DEPTHS, Seen, WIDTH};
use gpt::Gpt;
use gpt::sizes::LaptopBpe;
use interpretability::probe::streams;
use kernels::Workers;
use language_models::story::Slot;
use language_models::story::beats::STORY;

/// Slots whose word comes back.
pub const TWICE: [Slot; 11] = [
    Slot::Hero,
    Slot::Home,
    Slot::Relative,
    Slot::Trade,
    Slot::Friend,
    Slot::Colour,
    Slot::Object,
    Slot::Animal,
    Slot::Den,
    Slot::Promise,
    Slot::Hiding,
];

/// By depth, by story, the vectors behind each beat and at the three places of each slot of [`TWICE`], one
/// behind the other.
pub struct Vectors {
    numbers: Vec<Vec<Vec<f32>>>,
}

impl Vectors {
    pub fn of(model: &Gpt<LaptopBpe>, all: &[Seen]) -> Self {
        let found: Vec<Vec<Vec<f32>>> = Workers::with(2).map(all.iter().collect(), |story: &Seen| {
            let places = TWICE.iter().flat_map(|slot| story.places(*slot).unwrap_or([0; 3]));
            let at: Vec<usize> = story.behind.iter().copied().chain(places).collect();
            let vectors =
                |x: Vec<f32>| at.iter().flat_map(|&p| x[p * WIDTH..(p + 1) * WIDTH].to_vec()).collect();
            streams(model, &story.tokens).into_iter().map(vectors).collect()
        });
        let mut numbers: Vec<Vec<Vec<f32>>> = (0..DEPTHS).map(|_| Vec::with_capacity(all.len())).collect();
        for story in found {
            numbers.iter_mut().zip(story).for_each(|(depth, x)| depth.push(x));
        }
        Self { numbers }
    }

    /// Those behind a beat, of every story.
    pub fn behind(&self, depth: usize, beat: usize) -> Vec<&[f32]> {
        self.numbers[depth].iter().map(|x| &x[beat * WIDTH..(beat + 1) * WIDTH]).collect()
    }

    /// Those at a place of a slot, of the stories of which that is asked.
    pub fn at(&self, depth: usize, slot: Slot, place: usize, stories: &[usize]) -> Vec<&[f32]> {
        let slot = TWICE.iter().position(|other| *other == slot).expect("a slot that is told twice");
        let from = (STORY.len() + 3 * slot + place) * WIDTH;
        stories.iter().map(|&story| &self.numbers[depth][story][from..from + WIDTH]).collect()
    }
}
