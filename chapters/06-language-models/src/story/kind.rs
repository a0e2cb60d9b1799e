//! What a character of a story asks of a reader.

// ANCHOR: kind
/// What must be known to predict a character. The order is that of difficulty: a token of several
/// characters is of the last of their kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// How the sentence goes on: it follows from the words just before.
    Wording,
    /// Whether somebody is a she or a he.
    Agreement,
    /// A thing, a place or a promise that was named before.
    Thing,
    /// Somebody's name that was told before.
    Name,
    /// What is so in every story about this person: it is not in the text, and must be known by
    /// heart. Only a world has facts.
    Fact,
    /// Nobody can know: the grammar draws here.
    Choice,
}
// ANCHOR_END: kind

/// The kinds of the default grammar, which has no facts, the easiest first, with what a page calls them.
pub const KINDS: [(Kind, &str); 5] = [
    (Kind::Wording, "wording"),
    (Kind::Agreement, "he or she"),
    (Kind::Thing, "things told before"),
    (Kind::Name, "names told before"),
    (Kind::Choice, "free choice"),
];
