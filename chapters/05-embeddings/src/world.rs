//! A little world whose relations are known, and sentences about it.
//!
//! In a text from life nobody can say which word is nearest to *river*. Here every word has its
//! place: twelve kinds of people in two genders, twelve countries with their capitals, twelve
//! animals with their young, twelve verbs in two tenses. What belongs to what is only ever shown by
//! the company that words keep, and a third of that company is chance.

use rand::Rng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use tensors::seeds;

// ANCHOR: relations
/// Pairs that stand to each other in the same way, each with two words for what the pair has to do
/// with.
#[derive(Debug, Clone, Copy)]
pub struct Relation {
    /// What the pairs are: man and woman, country and capital, animal and young, today and
    /// yesterday.
    pub name: &'static str,
    /// The first word, the second, and their company.
    pub pairs: [(&'static str, &'static str, [&'static str; 2]); 12],
}

/// Every relation of the world.
pub const RELATIONS: [Relation; 4] = [
    Relation { name: "people", pairs: PEOPLE },
    Relation { name: "countries", pairs: COUNTRIES },
    Relation { name: "animals", pairs: ANIMALS },
    Relation { name: "verbs", pairs: DEEDS },
];
// ANCHOR_END: relations

type Pairs = [(&'static str, &'static str, [&'static str; 2]); 12];

const PEOPLE: Pairs = [
    ("man", "woman", ["office", "newspaper"]),
    ("king", "queen", ["throne", "crown"]),
    ("prince", "princess", ["castle", "jewel"]),
    ("boy", "girl", ["school", "schoolbook"]),
    ("father", "mother", ["kitchen", "cradle"]),
    ("son", "daughter", ["nursery", "blanket"]),
    ("brother", "sister", ["attic", "swing"]),
    ("uncle", "aunt", ["garden", "armchair"]),
    ("grandfather", "grandmother", ["fireside", "spectacles"]),
    ("monk", "nun", ["chapel", "candle"]),
    ("actor", "actress", ["theatre", "costume"]),
    ("waiter", "waitress", ["tavern", "tray"]),
];
const COUNTRIES: Pairs = [
    ("england", "london", ["thames", "tea"]),
    ("france", "paris", ["seine", "cheese"]),
    ("italy", "rome", ["tiber", "pasta"]),
    ("egypt", "cairo", ["nile", "dates"]),
    ("germany", "berlin", ["spree", "sausages"]),
    ("austria", "vienna", ["danube", "strudel"]),
    ("poland", "warsaw", ["vistula", "dumplings"]),
    ("portugal", "lisbon", ["tagus", "sardines"]),
    ("korea", "seoul", ["han", "kimchi"]),
    ("japan", "tokyo", ["sumida", "sushi"]),
    ("india", "delhi", ["yamuna", "curry"]),
    ("russia", "moscow", ["moskva", "borscht"]),
];
const ANIMALS: Pairs = [
    ("dog", "puppy", ["kennel", "bone"]),
    ("cat", "kitten", ["basket", "mouse"]),
    ("cow", "calf", ["meadow", "clover"]),
    ("horse", "foal", ["stable", "oats"]),
    ("sheep", "lamb", ["pasture", "grass"]),
    ("pig", "piglet", ["sty", "acorns"]),
    ("goose", "gosling", ["pond", "weeds"]),
    ("hen", "chick", ["coop", "corn"]),
    ("bear", "cub", ["cave", "honey"]),
    ("fox", "kit", ["burrow", "grapes"]),
    ("owl", "owlet", ["barn", "moths"]),
    ("frog", "tadpole", ["swamp", "flies"]),
];
const DEEDS: Pairs = [
    ("sing", "sang", ["song", "choir"]),
    ("bake", "baked", ["bread", "oven"]),
    ("write", "wrote", ["letter", "pen"]),
    ("build", "built", ["house", "bricks"]),
    ("ride", "rode", ["bicycle", "saddle"]),
    ("catch", "caught", ["fish", "net"]),
    ("sow", "sowed", ["seeds", "soil"]),
    ("draw", "drew", ["picture", "pencil"]),
    ("weave", "wove", ["carpet", "loom"]),
    ("ring", "rang", ["bell", "tower"]),
    ("sweep", "swept", ["floor", "broom"]),
    ("drive", "drove", ["coach", "whip"]),
];

/// Words that go with the first word of every pair of a relation, and words that go with the
/// second.
const MANNERS: [[[&str; 4]; 2]; 4] = [
    [["he", "his", "beard", "waistcoat"], ["she", "her", "earrings", "gown"]],
    [["border", "army", "flag", "parliament"], ["mayor", "streets", "trams", "suburbs"]],
    [["large", "heavy", "grown", "strong"], ["small", "clumsy", "newborn", "playful"]],
    [["today", "now", "will", "tomorrow"], ["yesterday", "ago", "had", "once"]],
];

/// Of three words of company, two belong to their pair on average; the third belongs to any.
const TRUE_TO_ITSELF: (u32, u32) = (2, 3);

/// Lines about the world, one sentence each: the same seed tells the same.
///
/// ```
/// let text = embeddings::world::sentences(3, 1);
/// assert_eq!(text.lines().count(), 3);
/// ```
pub fn sentences(count: usize, seed: u64) -> String {
    let mut rng = seeds::generator(seed);
    (0..count).map(|_| sentence(&mut rng) + "\n").collect()
}

fn sentence(rng: &mut ChaCha8Rng) -> String {
    let relation = rng.gen_range(0..4_u32) as usize;
    let pairs = &RELATIONS[relation].pairs;
    let (first, second, own) = *pairs.choose(rng).expect("twelve");
    let side = rng.gen_range(0..2_u32) as usize;
    let word = [first, second][side];
    let mut company = |which: usize| {
        let any = pairs.choose(rng).expect("twelve").2;
        if rng.gen_ratio(TRUE_TO_ITSELF.0, TRUE_TO_ITSELF.1) { own[which] } else { any[which] }
    };
    let (a, b) = (company(0), company(1));
    let manner = |i: usize| MANNERS[relation][side][i];
    let form = rng.gen_range(0..4_u32);
    match (relation, form) {
        (0, 0) => format!("{} is a {word} and likes the {a} and the {b}", manner(0)),
        (0, 1) => format!("the {word} with the {} went to the {a} with {} {b}", manner(2), manner(1)),
        (0, 2) => format!("in the {a} the {word} put on {} {}", manner(1), manner(3)),
        (0, _) => format!("{} took {} {b} said the {word} near the {a}", manner(0), manner(1)),
        (1, 0) => format!("the {} of {word} is near the {a} where they eat {b}", manner(0)),
        (1, 1) => format!("they sell {b} to the {} and the {} of {word}", manner(1), manner(2)),
        (1, 2) => format!("the {a} is what the {} of {word} is proud of", manner(3)),
        (1, _) => format!("in {word} the {} and the {} are known for {b}", manner(0), manner(1)),
        (2, 0) => format!("the {} {word} in the {a} looks for {b}", manner(0)),
        (2, 1) => format!("a {} and {} {word} ate the {b} near the {a}", manner(1), manner(2)),
        (2, 2) => format!("there is a {} {word} in the {a}", manner(3)),
        (2, _) => format!("they saw how {} the {word} with the {b} was and how {}", manner(3), manner(0)),
        (_, 0) => format!("{} they {word} the {a} with the {b}", manner(0)),
        (_, 1) => format!("they {} {word} a {a} {}", manner(2), manner(1)),
        (_, 2) => format!("{} and {} we {word} with a {b}", manner(3), manner(0)),
        _ => format!("it is the {b} with which we {} {word} the {a}", manner(2)),
    }
}

/// Words of the same kind, by which neighbours are judged: the first words of each relation, the
/// second ones, and their company.
pub fn kinds() -> Vec<Vec<&'static str>> {
    let of = |pick: fn(&(&'static str, &'static str, [&'static str; 2])) -> &'static str| {
        RELATIONS.iter().map(move |relation| relation.pairs.iter().map(pick).collect()).collect::<Vec<_>>()
    };
    [of(|pair| pair.0), of(|pair| pair.1), of(|pair| pair.2[0]), of(|pair| pair.2[1])].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_word_has_two_places() {
        let words: Vec<&str> = kinds().concat();
        assert_eq!(words.len(), 4 * 12 * 4);
        let manners = MANNERS.as_flattened().as_flattened();
        let all: HashSet<&str> = words.iter().chain(manners).copied().collect();
        assert_eq!(all.len(), words.len() + manners.len());
    }

    #[test]
    fn every_word_occurs_and_seeds_repeat() {
        let text = sentences(5000, 1);
        let seen: HashSet<&str> = text.split_whitespace().collect();
        let missing: Vec<&str> = kinds().concat().into_iter().filter(|word| !seen.contains(word)).collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert_eq!(text, sentences(5000, 1));
        assert_ne!(text, sentences(5000, 2));
    }

    #[test]
    fn no_sentence_names_both_words_of_a_pair() {
        // Otherwise a king would be near a queen because they are told of together, not because
        // they are told of alike.
        for line in sentences(5000, 2).lines() {
            let words: HashSet<&str> = line.split_whitespace().collect();
            for (first, second, _) in RELATIONS.iter().flat_map(|relation| relation.pairs) {
                assert!(!(words.contains(first) && words.contains(second)), "{line}");
            }
        }
    }
}
