//! The kinds of things that a story has to remember.

/// A thing that is chosen once and comes back later in the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(usize)]
#[allow(missing_docs)] // the names say it
pub enum Slot {
    Hero,
    /// Only the people of a world have one.
    Surname,
    Friend,
    Trait,
    Home,
    Relative,
    Trade,
    Habit,
    Season,
    Colour,
    Object,
    Place,
    Weather,
    Animal,
    Den,
    Promise,
    Hiding,
}

/// Every slot, in the order of [`Slot`].
pub const SLOTS: [Slot; 17] = [
    Slot::Hero,
    Slot::Surname,
    Slot::Friend,
    Slot::Trait,
    Slot::Home,
    Slot::Relative,
    Slot::Trade,
    Slot::Habit,
    Slot::Season,
    Slot::Colour,
    Slot::Object,
    Slot::Place,
    Slot::Weather,
    Slot::Animal,
    Slot::Den,
    Slot::Promise,
    Slot::Hiding,
];
