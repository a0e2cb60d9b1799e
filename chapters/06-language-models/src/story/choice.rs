//! One of the things a beat can say, and how its text is filled in.

use super::lists;
use super::plot::Plot;
use super::slot::Slot;
use super::words::{WORDS, named};

/// One possible continuation of a story.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    /// How likely it is, relative to the other choices of its beat.
    pub weight: f64,
    /// Which word of a list it is, counted from 1: its weight is what a grammar's
    /// [Zipf exponent](super::Dials::zipf) says. None for a sentence.
    pub rank: Option<usize>,
    /// Its text, with names of words in braces: `{hero}`, `{she}`, `{object}` …
    pub template: &'static str,
    /// What it adds to the plot.
    pub sets: Plot,
}

impl Choice {
    /// The plot after this choice.
    pub fn apply(&self, plot: &Plot) -> Plot {
        plot.with_all(&self.sets)
    }

    /// The text of this choice in a story with the plot so far.
    pub fn text(&self, plot: &Plot) -> String {
        let plot = self.apply(plot);
        // Words are longer than their names, but seldom twice as long: the text need not grow and move.
        let mut text = String::with_capacity(2 * self.template.len());
        text.extend(self.pieces().map(|piece| piece.resolve(&plot)));
        text
    }

    /// Whether it tells what the plot so far has settled: a fact of a world.
    pub fn is_settled(&self, plot: &Plot) -> bool {
        self.sets != Plot::default() && self.apply(plot) == *plot
    }

    /// The parts of its template.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Piece> + use<> {
        pieces(self.template)
    }
}

/// A part of a template.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Piece {
    /// A text as it stands.
    Literal(&'static str),
    /// A word: its place in [`WORDS`].
    Word(usize),
}

impl Piece {
    /// Its text in a story with this plot.
    pub(crate) fn resolve(&self, plot: &Plot) -> &'static str {
        match self {
            Self::Literal(text) => text,
            Self::Word(word) => (WORDS[*word].text)(plot.get(WORDS[*word].slot)),
        }
    }
}

/// Splits `"{hero} lost the {object}."` at its braces: literals and words take turns.
fn pieces(template: &'static str) -> impl Iterator<Item = Piece> {
    template.split(['{', '}']).enumerate().map(|(i, part)| match i % 2 {
        0 => Piece::Literal(part),
        _ => Piece::Word(named(part)),
    })
}

/// A sentence, with its weight.
pub(crate) fn sentence(weight: u32, template: &'static str) -> Choice {
    Choice { weight: f64::from(weight), rank: None, template, sets: Plot::default() }
}

/// Choices with the same weight.
pub(crate) fn evenly(templates: &[&'static str]) -> Vec<Choice> {
    templates.iter().map(|template| sentence(1, template)).collect()
}

/// Choices with the given weights.
pub(crate) fn weighted(templates: &[(u32, &'static str)]) -> Vec<Choice> {
    templates.iter().map(|&(weight, template)| sentence(weight, template)).collect()
}

/// One choice for each word that `slot` can hold, all equally likely unless a dial says otherwise.
pub(crate) fn draw(slot: Slot, template: &'static str) -> Vec<Choice> {
    let word =
        |i| Choice { rank: Some(i + 1), sets: Plot::default().with(slot, i), ..sentence(1, template) };
    (0..lists::count(slot)).map(word).collect()
}
