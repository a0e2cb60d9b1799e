//! What a story has to remember.

use super::lists::{GIRLS, KINDS, OBJECTS_A_KIND};
use super::slot::{SLOTS, Slot};

/// The choices of one story that matter later: for each [`Slot`] an index into its word list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Plot(
    /// 0 before it is chosen, then the index plus 1.
    [u16; SLOTS.len()],
);

impl Plot {
    /// The index chosen for `slot` (0 before it is chosen).
    pub fn get(&self, slot: Slot) -> usize {
        usize::from(self.0[slot as usize].saturating_sub(1))
    }

    /// Whether `slot` has been chosen.
    pub fn knows(&self, slot: Slot) -> bool {
        self.0[slot as usize] > 0
    }

    /// The same plot with `slot` set to `index`.
    #[must_use]
    pub fn with(mut self, slot: Slot, index: usize) -> Self {
        self.0[slot as usize] = index as u16 + 1;
        self
    }

    /// The same plot with everything that `other` knows.
    #[must_use]
    pub fn with_all(mut self, other: &Self) -> Self {
        for (mine, &theirs) in self.0.iter_mut().zip(&other.0).filter(|(_, theirs)| **theirs > 0) {
            *mine = theirs;
        }
        self
    }

    /// Whether nothing that `other` knows contradicts this plot.
    pub fn agrees(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(mine, theirs)| mine == theirs || *mine == 0 || *theirs == 0)
    }

    /// What kind of thing the object is: an index into [`KINDS`].
    pub(crate) fn kind(&self) -> usize {
        self.get(Slot::Object) / OBJECTS_A_KIND
    }

    // ANCHOR: class
    /// The plot with every value replaced by one of its **class**: all girls by one girl, all boys
    /// by one boy, all toys by one toy; and where nothing that is told later depends on the value
    /// (homes, colours, promises …) by the first of the list.
    ///
    /// What every beat offers, and how likely, depends on the class alone (a test says so). That is
    /// what makes the exact entropy cheap: there are millions of plots, but only a few thousand
    /// classes.
    #[must_use]
    pub fn class(&self) -> Self {
        let known = SLOTS.into_iter().filter(|&slot| self.knows(slot));
        known.fold(Self::default(), |class, slot| class.with(slot, self.representative(slot)))
    }

    fn representative(&self, slot: Slot) -> usize {
        let index = self.get(slot);
        let gender = if index < GIRLS.len() { 0 } else { GIRLS.len() };
        match slot {
            // Nobody is her own friend: who the hero is matters until there is a friend, and the
            // friend that stands for all is another than the hero that does.
            Slot::Hero if !self.knows(Slot::Friend) => index,
            Slot::Hero => gender,
            Slot::Friend => gender + 1,
            Slot::Object => self.kind() * OBJECTS_A_KIND,
            Slot::Trait | Slot::Season | Slot::Weather => index,
            _ => 0,
        }
    }
    // ANCHOR_END: class
}

const _: () = assert!(KINDS.len() == 5);
