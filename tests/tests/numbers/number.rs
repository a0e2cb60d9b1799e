//! Numbers in a text, be it a sentence, an output or a program.

use regex::Regex;
use std::sync::LazyLock;

/// A number as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// As it is written, with `-` for every minus: `21,164`.
    pub text: String,
    /// What it says.
    pub value: f64,
    /// Is it followed by a sign of percent?
    pub percent: bool,
    /// Is it followed by a unit of time or memory?
    pub measure: bool,
}

/// Sign, digits (in groups of three, or as Rust parts them), decimals, exponent, percent.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?x) [-−+]? (?: \d{1,3} (?: ,\d{3} )+ \b | \d (?: _? \d )* ) (\.\d+)? (e[-+]?\d+)? (?P<percent> \s? % )?")
        .expect("a pattern")
});

static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\s-]?(?:(?:milli|micro)?seconds?|minutes?|hours?|days?|[mµ]?s|(?:[kMG]|[KMG]i)B|(?:mega|giga)bytes?)\b")
        .expect("a pattern")
});

impl Number {
    /// The number that is the whole of `text`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut all = numbers(text);
        (all.len() == 1
            && all[0].text.len() + text.matches(['%', ' ']).count() == text.replace('−', "-").len())
        .then(|| all.remove(0))
    }

    /// Digits behind the point.
    pub fn decimals(&self) -> i32 {
        let mantissa = self.text.split('e').next().unwrap_or_default();
        mantissa.split_once('.').map_or(0, |(_, decimals)| decimals.len() as i32)
    }

    /// Is this what `printed` is, rounded to the digits that this one has, or in hundredths where
    /// this one is a percentage and the other is not? One digit is too few for a rounding.
    pub fn rounds(&self, printed: &Self) -> bool {
        let exact = if self.percent && !printed.percent { 100.0 * printed.value } else { printed.value };
        let difference = (self.value - exact).abs() - 1e-9 * exact.abs();
        let digits: String = self.text.chars().filter(char::is_ascii_digit).collect();
        let zeros = if self.decimals() > 0 { 0 } else { digits.len() - digits.trim_end_matches('0').len() };
        let significant = digits.trim_start_matches('0').len().saturating_sub(zeros);
        let unit = 10_f64.powi(if self.decimals() > 0 { -self.decimals() } else { zeros as i32 });
        difference <= 0.0
            || (significant >= 2 && difference <= 0.5 * unit && (self.percent || !printed.percent))
    }
}

/// The numbers of `text`. Digits within a name (`f32`, `GPT-2`, `2i`) or a version (`0.13.0`) are
/// none.
pub fn numbers(text: &str) -> Vec<Number> {
    let number = |found: regex::Captures| {
        let whole = found.get(0)?;
        let (before, after) = (&text[..whole.start()], &text[whole.end()..]);
        let measure = UNIT.is_match(after);
        let mut before = before.chars().rev();
        let (last, signed) = (before.next(), whole.as_str().starts_with(['-', '−', '+']));
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        // "GPT-2" and "3-4" have no sign; "10−4" is a difference.
        let joined = signed && last.is_some_and(|c| is_word(c) || c == ')');
        // A part of a version or of a tuple, not the end of a range.
        let part = last == Some('.') && before.next().is_some_and(is_word);
        let in_name = ((last.is_some_and(is_word) || part) && !signed)
            || (joined && last.is_some_and(char::is_alphabetic));
        let mut after = after.chars();
        let next = after.next();
        let suffix = next == Some('_') || whole.as_str().ends_with('%');
        let decimal = found.get(1).is_some();
        let goes_on = !suffix && !decimal && !measure && next.is_some_and(is_word);
        let version = next == Some('.') && after.next().is_some_and(|c| c.is_ascii_digit());
        if in_name || goes_on || version {
            return None;
        }
        let percent = found.name("percent").is_some();
        let text = whole.as_str().trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}']).replace('−', "-");
        let text = if joined { text[1..].to_owned() } else { text };
        let value = text.replace([',', '_'], "").parse().ok()?;
        Some(Number { text, value, percent, measure })
    };
    NUMBER.captures_iter(text).filter_map(number).collect()
}

#[test]
fn numbers_are_told_from_names() {
    let texts = |text| numbers(text).into_iter().map(|number| number.text).collect::<Vec<_>>();
    assert_eq!(texts("the 21,164 pieces, 872 different. 0.17 s, 65 %"), ["21,164", "872", "0.17", "65"]);
    assert_eq!(
        texts("cos 3 = −0.990, [-1.5,  2.0], 0–31, 10_000_f64, 1e-3"),
        ["3", "-0.990", "-1.5", "2.0", "0", "31", "10_000", "1e-3"]
    );
    assert_eq!(texts("GPT-2, UTF-8, f32, 2i, Rank4, dfdx 0.13.0, x1"), Vec::<String>::new());
    assert_eq!(texts("[3, 400]; 9−40; (2)-1; 0..48; x.0"), ["3", "400", "9", "40", "2", "1", "0", "48"]);
    let measures = ["4 s", "4ms", "5-minute", "16 MiB", "2 hours"];
    assert!(measures.iter().all(|text| numbers(text)[0].measure) && !numbers("4 sons")[0].measure);
    assert!(numbers("65 %")[0].percent && numbers("65%")[0].percent && !numbers("65")[0].percent);
}

#[test]
fn a_rounding_is_correct_or_none() {
    let rounds =
        |said: &str, printed: &str| Number::parse(said).unwrap().rounds(&Number::parse(printed).unwrap());
    assert!(
        rounds("0.96", "0.9571")
            && rounds("1,200", "1234")
            && rounds("66", "66")
            && rounds("-0.99", "-0.990")
    );
    assert!(rounds("65 %", "0.65") && rounds("12.3 %", "0.1234") && rounds("12 %", "12.3 %"));
    assert!(!rounds("0.95", "0.9571") && !rounds("0.957", "0.9561") && !rounds("1,300", "1234"));
    assert!(!rounds("1", "0.96"), "one digit says too little");
    assert!(!rounds("400", "442") && rounds("440", "442"));
    assert!(!rounds("0.12", "12.3 %") && !rounds("0.65", "65") && !rounds("66 %", "0.65"));
}
