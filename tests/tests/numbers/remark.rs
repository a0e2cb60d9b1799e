//! What a remark beside a number says.
//!
//! ```text
//! <!-- numbers: experiment.stdout "characters of English" 66, "characters of Hindi" 442 -->
//! <!-- numbers: measured.json "warm" "median" 0.9571 as 0.96, "share" 0.65 as 65 % -->
//! <!-- setting: src/main.rs "const TRAINED" 32 -->
//! <!-- cited: radford2019 50,257 -->
//! <!-- given: 40 -->
//! <!-- pinned by tests/hugging_face.rs -->
//! ```

use crate::number::{Number, numbers};
use regex::Regex;
use std::sync::LazyLock;

/// A remark.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// What kind it is.
    pub kind: Kind,
    /// The file that it names; of a citation, the entry of the bibliography or an address; what is
    /// given has none.
    pub source: String,
    /// The numbers that it names.
    pub items: Vec<Item>,
}

/// The kinds of remarks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The numbers of this sentence stand in a file.
    Numbers,
    /// So do those of this sentence, in a program, and they mean the same on the rest of the page.
    Setting,
    /// They come from someone else's work.
    Cited,
    /// The sentence assumes them, for the sake of an example.
    Given,
    /// What the sentence says is held by a test.
    Pinned,
}

/// One number of a remark.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Beginnings or parts of lines, each to be looked for from where the one before was found.
    pub rows: Vec<String>,
    /// The number as it is printed in the file.
    pub printed: Number,
    /// As the sentence has it, where it is rounded or a percentage.
    pub said: Option<Number>,
}

impl Remark {
    /// Reads the text of a comment. `Err` says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let kinds = [
            ("numbers:", Kind::Numbers),
            ("setting:", Kind::Setting),
            ("cited:", Kind::Cited),
            ("given:", Kind::Given),
            ("pinned by", Kind::Pinned),
        ];
        let (kind, rest) = kinds
            .iter()
            .find_map(|(word, kind)| Some((*kind, text.strip_prefix(word)?.trim())))
            .ok_or_else(|| {
                format!("\"{text}\" is no remark: numbers, setting, cited, given or pinned by")
            })?;
        let (source, rest) = match kind {
            Kind::Given => ("the sentence", rest),
            _ => rest.split_once(' ').unwrap_or((rest, "")),
        };
        let items = items(rest).ok_or_else(|| format!("\"{rest}\" is no list of numbers"))?;
        if source.is_empty() || items.is_empty() == (kind != Kind::Pinned) {
            return Err(format!("\"{text}\" names no file, or no number"));
        }
        Ok(Self { kind, source: source.to_owned(), items })
    }
}

/// `"row" "row" 1.25 as 1.3, 7`: numbers, with the rows named before them.
fn items(text: &str) -> Option<Vec<Item>> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#""([^"]+)"|(\bas\b)|([^\s",]+(?:,\d{3})*\s?%?)"#).expect("a pattern")
    });
    let mut items: Vec<Item> = Vec::new();
    let (mut rows, mut open, mut said) = (Vec::new(), false, false);
    for word in WORD.captures_iter(text) {
        if let Some(row) = word.get(1) {
            if !open {
                rows.clear();
            }
            rows.push(row.as_str().to_owned());
            open = true;
        } else if word.get(2).is_some() {
            said = true;
        } else {
            let number = Number::parse(&word[3])?;
            match items.last_mut() {
                Some(item) if said => item.said = Some(number),
                None if said => return None,
                _ => items.push(Item { rows: rows.clone(), printed: number, said: None }),
            }
            (open, said) = (false, false);
        }
    }
    (!open && !said).then_some(items)
}

impl Item {
    /// The number where it stands in `text`, or what is wrong.
    pub fn find(&self, text: &str) -> Result<Number, String> {
        let mut lines: Vec<&str> = text.lines().collect();
        for (depth, row) in self.rows.iter().enumerate() {
            let mut with = (0..lines.len()).filter(|&i| lines[i].contains(row.as_str()));
            let first = with.next().ok_or_else(|| format!("no line with \"{row}\""))?;
            let others = with.count();
            if depth == 0 && others > 0 {
                return Err(format!("{} lines with \"{row}\": say which", others + 1));
            }
            lines.drain(..first);
        }
        if !self.rows.is_empty() {
            lines.truncate(1);
        }
        let same = |number: &Number| number.text == self.printed.text;
        let mut found: Vec<(usize, Number)> = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            found.extend(numbers(line).into_iter().filter(same).map(|number| (i, number)));
        }
        let (printed, rows) = (&self.printed.text, self.rows.join("\" \""));
        match found.as_slice() {
            [] if rows.is_empty() => Err(format!("no number {printed}")),
            [] => Err(format!("no number {printed} in the line with \"{rows}\"")),
            [(first, number), .., (last, _)] if first == last => Ok(number.clone()),
            [(_, number)] => Ok(number.clone()),
            _ => Err(format!("{printed} in {} places: name the row", found.len())),
        }
    }
}

#[test]
fn a_remark_is_read() {
    let remark =
        Remark::parse(r#"numbers: a.stdout "of English" 66, "row" "col" 0.9571 as 0.96, 12 0.65 as 65 %"#)
            .unwrap();
    assert_eq!((remark.kind, remark.source.as_str()), (Kind::Numbers, "a.stdout"));
    let items: Vec<_> = remark
        .items
        .iter()
        .map(|item| {
            (
                item.rows.join("/"),
                item.printed.text.as_str(),
                item.said.as_ref().map(|n| (n.value, n.percent)),
            )
        })
        .collect();
    assert_eq!(
        items,
        [
            ("of English".to_owned(), "66", None),
            ("row/col".to_owned(), "0.9571", Some((0.96, false))),
            ("row/col".to_owned(), "12", None),
            ("row/col".to_owned(), "0.65", Some((65.0, true))),
        ]
    );
    for wrong in [
        "",
        "number: a 1",
        "numbers: a",
        "numbers: a \"row\"",
        "numbers: a x",
        "numbers: a as 5",
        "numbers: a 5 as",
        "pinned by a 5",
    ] {
        assert!(Remark::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_number_is_found_at_its_place_only() {
    let text = "head 7\nsmall 1.50 2.50\nlarge 1.50 3\nlarge again\n 8\n 9\n";
    let find = |remark: &str| Remark::parse(&format!("numbers: f {remark}")).unwrap().items[0].find(text);
    assert!(find("2.50").is_ok() && find("\"small\" 1.50").is_ok());
    assert!(find("\"large again\" \"9\" 9").is_ok());
    assert!(find("1.50").unwrap_err().contains("2 places"));
    assert!(find("\"large\" 3").unwrap_err().contains("say which"));
    assert!(find("\"small\" 3").unwrap_err().contains("no number 3 in the line"));
    assert!(find("\"small\" 2.5").is_err(), "as it is printed, to the last digit");
    assert!(find("\"tiny\" 3").unwrap_err().contains("no line"));
}
