//! One of the things a beat can say, and how its text is filled in.

use super::plot::Plot;
use super::slot::Slot;
use super::words;

/// One possible continuation of a story.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// How likely it is, relative to the other choices of its beat.
    pub weight: u32,
    /// Its text, with names of words in braces: `{hero}`, `{she}`, `{object}` …
    pub template: &'static str,
    /// What it adds to the plot.
    pub sets: Option<(Slot, usize)>,
}

impl Choice {
    /// The plot after this choice.
    pub fn apply(&self, plot: &Plot) -> Plot {
        self.sets.map_or(*plot, |(slot, index)| plot.with(slot, index))
    }

    /// The text of this choice in a story with the plot so far.
    pub fn text(&self, plot: &Plot) -> String {
        let plot = self.apply(plot);
        self.pieces().map(|piece| piece.resolve(&plot)).collect()
    }

    /// The parts of its template.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = Piece> + use<> {
        pieces(self.template)
    }

    /// The mean length of the text, in characters, over all plots of the class of `plot`.
    pub(crate) fn mean_length(&self, plot: &Plot) -> f64 {
        let plot = self.apply(plot);
        self.pieces()
            .map(|piece| match piece {
                Piece::Literal(text) => text.len() as f64,
                Piece::Word(name) => mean_length(name, &plot),
            })
            .sum()
    }
}

/// A part of a template.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Piece {
    /// A text as it stands.
    Literal(&'static str),
    /// The name of a word.
    Word(&'static str),
}

impl Piece {
    /// Its text in a story with this plot.
    pub(crate) fn resolve(&self, plot: &Plot) -> &'static str {
        match self {
            Self::Literal(text) => text,
            Self::Word(name) => word(name, plot),
        }
    }
}

/// Splits `"{hero} lost the {object}."` at its braces: literals and words take turns.
fn pieces(template: &'static str) -> impl Iterator<Item = Piece> {
    template.split(['{', '}']).enumerate().map(|(i, part)| match i % 2 {
        0 => Piece::Literal(part),
        _ => Piece::Word(part),
    })
}

/// The text of `{name}` in a story with this plot.
pub(crate) fn word(name: &str, plot: &Plot) -> &'static str {
    let (slot, text) = words::source(name);
    text(plot.get(slot))
}

/// The mean length of `{name}` over the plots of a class, in which every member is equally likely.
fn mean_length(name: &str, plot: &Plot) -> f64 {
    let (slot, text) = words::source(name);
    let members = plot.class_members(slot);
    let count = members.len() as f64;
    members.map(|i| text(i).len() as f64).sum::<f64>() / count
}

/// Choices with the same weight.
pub(crate) fn evenly(templates: &[&'static str]) -> Vec<Choice> {
    templates.iter().map(|template| Choice { weight: 1, template, sets: None }).collect()
}

/// Choices with the given weights.
pub(crate) fn weighted(templates: &[(u32, &'static str)]) -> Vec<Choice> {
    templates.iter().map(|&(weight, template)| Choice { weight, template, sets: None }).collect()
}

/// One choice for each word that `slot` can hold, all equally likely.
pub(crate) fn draw(slot: Slot, template: &'static str) -> Vec<Choice> {
    (0..words::count(slot)).map(|i| Choice { weight: 1, template, sets: Some((slot, i)) }).collect()
}
