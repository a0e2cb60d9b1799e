//! How wide text is, before any browser has drawn it.

/// Size of text in units of the canvas: on a phone's column of 350 px it is 11 px high or more.
pub(crate) const TEXT: f64 = 15.5;
/// Size of titles.
pub(crate) const TITLE: f64 = 17.0;
/// From one line of text to the next.
pub(crate) const LINE: f64 = 18.0;

/// The width of `text` at a size, not less than it comes to in any usual font without serifs.
///
/// The advances are those of DejaVu Sans, wider than Open Sans, Arial, Helvetica and Roboto.
pub fn width(text: &str, size: f64) -> f64 {
    size * text.chars().map(advance).sum::<f64>()
}

/// The width of a character, as a share of the size.
fn advance(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | '\'' => 0.28,
        'I' | 'J' | ' ' | '.' | ',' => 0.32,
        ':' | ';' | '/' | '-' | '|' | '·' => 0.36,
        'f' | 't' | 'r' | '₀'..='₉' | '(' | ')' | '[' | ']' | '!' | '⁰'..='⁹' | '²' | '³' | '¹' | '⁻' => {
            0.42
        }
        's' | 'c' | 'z' | '"' | '“' | '”' | '–' | '_' | '?' => 0.54,
        'k' | 'v' | 'x' | 'y' | 'F' | 'L' => 0.59,
        'a' | 'e' | 'P' | 'T' | 'Y' | '√' => 0.62,
        '0'..='9' | 'b' | 'd' | 'g' | 'h' | 'n' | 'o' | 'p' | 'q' | 'u' | 'S' | 'E' => 0.64,
        'A' | 'B' | 'C' | 'K' | 'R' | 'V' | 'X' | 'Z' => 0.7,
        'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | 'U' | '&' => 0.79,
        'w' | '+' | '−' | '=' | '<' | '>' | '×' => 0.84,
        'm' | 'M' | 'W' | '%' | '@' | '…' | '—' | '→' => 1.0,
        // Hangul, Chinese characters, kana; emoji.
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' => 1.01,
        '\u{1f000}'.. => 1.3,
        _ => 0.66,
    }
}

/// Breaks `text` between words so that no line is wider than `room`, if its words allow.
pub(crate) fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(" ", size) + width(word, size) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The same lines as [`wrap`] makes, as even as they can be.
pub(crate) fn balanced(text: &str, size: f64, room: f64) -> Vec<String> {
    let lines = wrap(text, size, room);
    let narrower = (1..100).map(|k| room * (1.0 - 0.01 * f64::from(k)));
    let even = narrower.map(|room| wrap(text, size, room)).take_while(|even| even.len() == lines.len());
    even.min_by(|a, b| widest(a, size).total_cmp(&widest(b, size))).unwrap_or(lines)
}

/// The width of the widest of some texts.
pub(crate) fn widest<'a>(texts: impl IntoIterator<Item = &'a String>, size: f64) -> f64 {
    texts.into_iter().map(|text| width(text, size)).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_all_words_and_keep_to_the_room() {
        let text = "central differences: two forward passes a parameter";
        let lines = wrap(text, TEXT, 150.0);
        assert_eq!(lines.join(" "), text);
        assert!(widest(&lines, TEXT) <= 150.0 && lines.len() > 1);
        assert_eq!(wrap("unbreakable", TEXT, 1.0), ["unbreakable"]);
        assert_eq!(balanced("one two three four", 10.0, 75.0), ["one two", "three four"]);
    }

    /// Measured by a browser (`getComputedTextLength`) at size 100: DejaVu Sans, Open Sans.
    #[test]
    fn no_text_is_wider_than_it_is_taken_for() {
        for (text, measured) in MEASURED {
            let taken = width(text, 100.0);
            assert!(measured.iter().all(|&m| m <= taken + 1.0), "{text}: {taken}, measured {measured:?}");
            assert!(taken <= 1.15 * measured[0], "{text}: {taken} is far too much for {measured:?}");
        }
    }

    const MEASURED: [(&str, [f64; 2]); 17] = [
        ("abcdefghijklmnopqrstuvwxyz", [1465.0, 1360.0]),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", [1747.0, 1635.0]),
        ("0123456789", [636.0, 572.0]),
        ("The learning rate of 2017 (model of 512)", [2047.0, 1867.0]),
        ("central differences: two forward passes a parameter", [2625.0, 2435.0]),
        ("LSTM, forget bias 3", [962.0, 883.0]),
        ("one head, normalised twice", [1383.0, 1284.0]),
        ("10⁻¹² 10³ 20,000 0.25", [1095.0, 972.0]),
        ("√(2/n) · d = a·b + a, x₀, w₁", [1322.0, 1138.0]),
        ("Kneser–Ney, 0.75", [877.0, 804.0]),
        ("cross-attention", [752.0, 703.0]),
        ("target tokens,", [699.0, 642.0]),
        ("PPMI − ln 5", [570.0, 518.0]),
        ("“Perceptrons” … 50 %", [1110.0, 991.0]),
        ("neighbours", [561.0, 531.0]),
        ("WWmm@%", [588.0, 543.0]),
        ("Русский", [420.0, 384.0]),
    ];
}
