//! What a story has to remember.

use super::slot::{SLOTS, Slot};
use super::words::{self, BOYS, GIRLS, KINDS, OBJECTS_A_KIND};

/// The choices of one story that matter later: for each [`Slot`] an index into its word list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Plot([u8; SLOTS.len()]);

impl Plot {
    /// The index chosen for `slot` (0 before it is chosen).
    pub fn get(&self, slot: Slot) -> usize {
        usize::from(self.0[slot as usize])
    }

    /// The same plot with `slot` set to `index`.
    #[must_use]
    pub fn with(mut self, slot: Slot, index: usize) -> Self {
        self.0[slot as usize] = index as u8;
        self
    }

    /// Whether the person in `slot` is a girl.
    pub(crate) fn is_girl(&self, person: Slot) -> bool {
        self.get(person) < GIRLS.len()
    }

    /// What kind of thing the object is: an index into [`KINDS`].
    pub(crate) fn kind(&self) -> usize {
        self.get(Slot::Object) / OBJECTS_A_KIND
    }

    // ANCHOR: class
    /// The plot with every value replaced by the first of its **class**: all girls by one girl, all
    /// boys by one boy, all toys by one toy; and where nothing that is told later depends on the
    /// value (homes, colours, promises …) by the first of the list.
    ///
    /// The weights and templates of every beat depend on the class alone (a test says so). That is
    /// what makes the exact entropy cheap: there are millions of plots, but only a few thousand
    /// classes.
    #[must_use]
    pub fn class(&self) -> Self {
        let gender = |person| if self.is_girl(person) { 0 } else { GIRLS.len() };
        Self::default()
            .with(Slot::Hero, gender(Slot::Hero))
            .with(Slot::Friend, gender(Slot::Friend))
            .with(Slot::Object, self.kind() * OBJECTS_A_KIND)
            .with(Slot::Trait, self.get(Slot::Trait))
            .with(Slot::Season, self.get(Slot::Season))
            .with(Slot::Weather, self.get(Slot::Weather))
    }
    // ANCHOR_END: class

    /// The indices that `slot` could hold without changing the class: what "the average name" is an
    /// average over.
    pub(crate) fn class_members(&self, slot: Slot) -> std::ops::Range<usize> {
        match slot {
            Slot::Hero | Slot::Friend if self.is_girl(slot) => 0..GIRLS.len(),
            Slot::Hero | Slot::Friend => GIRLS.len()..GIRLS.len() + BOYS.len(),
            Slot::Object => {
                let first = self.kind() * OBJECTS_A_KIND;
                first..first + OBJECTS_A_KIND
            }
            Slot::Trait | Slot::Season | Slot::Weather => self.get(slot)..self.get(slot) + 1,
            _ => 0..words::count(slot),
        }
    }
}

const _: () = assert!(KINDS.len() == 5);
