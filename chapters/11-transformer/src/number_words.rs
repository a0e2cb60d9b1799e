//! Numbers from 0 to 99,999 in digits, in English words and in German ones: a little task of
//! translation whose answers are known.
//!
//! German says units before tens (*fünf und vierzig* is 45), so words must change places. Its
//! compounds are given in their parts.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

/// Ways to write a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// 4 5
    Digits,
    /// forty five
    English,
    /// fünf und vierzig
    German,
}

/// All of them.
pub const LANGUAGES: [Language; 3] = [Language::Digits, Language::English, Language::German];

/// The first number that is too large.
pub const NUMBERS: usize = 100_000;

const SIGNS: [&str; 6] = ["<pad>", "<start>", "<end>", "<digits>", "<english>", "<german>"];
const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const ENGLISH: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const ENGLISH_TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const GERMAN: [&str; 20] = [
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
];
const GERMAN_TENS: [&str; 8] =
    ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];
const OTHERS: [&str; 6] = ["hundred", "thousand", "and", "ein", "hundert", "tausend"];
/// The German *and*, which also joins units and tens.
const UND: &str = "und";

/// How many words there are, signs included.
pub const VOCAB: usize = 6 + 10 + 20 + 8 + 20 + 8 + 6 + 1;
/// Fills short sequences up.
pub const PAD: usize = 0;
/// Begins what is written.
pub const START: usize = 1;
/// Ends it.
pub const END: usize = 2;

/// The word of an id.
///
/// # Panics
/// When no word has it.
pub fn word(id: usize) -> &'static str {
    let all =
        SIGNS.iter().chain(&DIGITS).chain(&ENGLISH).chain(&ENGLISH_TENS).chain(&GERMAN).chain(&GERMAN_TENS);
    all.chain(&OTHERS).chain(&[UND]).nth(id).expect("an id of the vocabulary")
}

fn id(of: &str) -> usize {
    (0..VOCAB).find(|&id| word(id) == of).expect("a word of the vocabulary")
}

// ANCHOR: say
/// How a language says a number.
///
/// ```
/// use transformer::number_words::{Language, say};
/// assert_eq!(say(45, Language::German).join(" "), "fünf und vierzig");
/// assert_eq!(say(10_305, Language::English).join(" "), "ten thousand three hundred and five");
/// ```
pub fn say(number: usize, language: Language) -> Vec<&'static str> {
    match language {
        Language::Digits => {
            number.to_string().bytes().map(|digit| DIGITS[usize::from(digit - b'0')]).collect()
        }
        Language::English => english(number),
        Language::German => german(number),
    }
}

fn english(number: usize) -> Vec<&'static str> {
    match number {
        0..20 => vec![ENGLISH[number]],
        20..100 if number.is_multiple_of(10) => vec![ENGLISH_TENS[number / 10 - 2]],
        20..100 => vec![ENGLISH_TENS[number / 10 - 2], ENGLISH[number % 10]],
        100..1000 => join(english(number / 100), "hundred", number % 100, "and", english),
        _ if number % 1000 < 100 => join(english(number / 1000), "thousand", number % 1000, "and", english),
        _ => join(english(number / 1000), "thousand", number % 1000, "", english),
    }
}

fn german(number: usize) -> Vec<&'static str> {
    // eins alone, ein before another part
    let before = |number: usize| if number == 1 { vec!["ein"] } else { german(number) };
    match number {
        0..20 => vec![GERMAN[number]],
        20..100 if number.is_multiple_of(10) => vec![GERMAN_TENS[number / 10 - 2]],
        20..100 => [before(number % 10), vec![UND, GERMAN_TENS[number / 10 - 2]]].concat(),
        100..1000 => join(before(number / 100), "hundert", number % 100, "", german),
        _ => join(before(number / 1000), "tausend", number % 1000, "", german),
    }
}
// ANCHOR_END: say

/// `first` `unit`, and if there is a rest, `between` and the rest.
fn join(
    first: Vec<&'static str>,
    unit: &'static str,
    rest: usize,
    between: &'static str,
    say: fn(usize) -> Vec<&'static str>,
) -> Vec<&'static str> {
    let mut words = first;
    words.push(unit);
    if rest > 0 {
        if !between.is_empty() {
            words.push(between);
        }
        words.extend(say(rest));
    }
    words
}

/// A pair to be translated, as ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The language to translate into, then the words.
    pub source: Vec<usize>,
    /// The words.
    pub target: Vec<usize>,
}

/// A number, to be translated from one language into another.
///
/// # Panics
/// When the number is not smaller than [`NUMBERS`].
pub fn pair(number: usize, from: Language, into: Language) -> Pair {
    assert!(number < NUMBERS, "numbers from {NUMBERS} on have no words here");
    let ids = |language| say(number, language).into_iter().map(id).collect::<Vec<_>>();
    let sign = match into {
        Language::Digits => "<digits>",
        Language::English => "<english>",
        Language::German => "<german>",
    };
    Pair { source: [vec![id(sign)], ids(from)].concat(), target: ids(into) }
}

/// Whether a number is kept from training: from 100 on every tenth, but at no regular distance. The
/// smaller ones are what words are learned from.
pub fn is_held_out(number: usize) -> bool {
    number >= 100 && (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32 & 0xFFFF < 0x10000 / 10
}

/// A random pair of different languages; short numbers are as likely as long ones. `held_out` says
/// from which numbers.
pub fn random_pair(held_out: bool, rng: &mut ChaCha8Rng) -> Pair {
    let below = |bound: usize, rng: &mut ChaCha8Rng| rng.gen_range(0..bound as u32) as usize;
    loop {
        let number = below([10, 100, 1000, 10_000, NUMBERS][below(5, rng)], rng);
        let (from, into) = (below(3, rng), below(2, rng));
        let into = (from + 1 + into) % 3;
        if is_held_out(number) == held_out {
            return pair(number, LANGUAGES[from], LANGUAGES[into]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use tensors::seeds;

    #[test]
    fn numbers_are_said_as_people_say_them() {
        let say = |number, language| say(number, language).join(" ");
        assert_eq!(say(0, Language::English), "zero");
        assert_eq!(say(1001, Language::English), "one thousand and one");
        assert_eq!(say(99_999, Language::English), "ninety nine thousand nine hundred and ninety nine");
        assert_eq!(say(101, Language::German), "ein hundert eins");
        assert_eq!(say(21_300, Language::German), "ein und zwanzig tausend drei hundert");
        assert_eq!(say(1000, Language::German), "ein tausend");
        assert_eq!(say(70_016, Language::German), "siebzig tausend sechzehn");
        assert_eq!(say(407, Language::Digits), "4 0 7");
    }

    #[test]
    fn no_two_numbers_are_said_alike_and_every_word_has_one_id() {
        for language in LANGUAGES {
            let said: HashSet<Vec<&str>> =
                (0..NUMBERS).map(|number| super::say(number, language)).collect();
            assert_eq!(said.len(), NUMBERS, "{language:?}");
        }
        let words: HashSet<&str> = (0..VOCAB).map(word).collect();
        assert_eq!(words.len(), VOCAB);
    }

    #[test]
    fn a_tenth_is_held_out_and_never_drawn_for_training() {
        let share = (0..NUMBERS).filter(|&number| is_held_out(number)).count() as f64 / NUMBERS as f64;
        assert!((share - 0.1).abs() < 0.01, "{share}");
        let mut rng = seeds::generator(1);
        for _ in 0..200 {
            let pair = random_pair(false, &mut rng);
            assert!(pair.source.len() <= 13 && pair.target.len() <= 12, "{pair:?}");
        }
    }
}
