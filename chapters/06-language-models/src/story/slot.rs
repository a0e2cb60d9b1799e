//! The kinds of things that a story has to remember.

/// A thing that is chosen once and comes back later in the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(usize)]
#[allow(missing_docs)] // the names say it
pub enum Slot {
    Hero,
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

/// Every slot, in the order in which stories fill them.
pub const SLOTS: [Slot; 16] = [
    Slot::Hero,
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
