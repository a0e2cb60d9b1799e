//! A page cut into sentences, each with the remarks that stand in it or right after it.

use regex::Regex;
use std::sync::LazyLock;

/// A sentence of a page.
#[derive(Debug, Default, PartialEq)]
pub struct Sentence {
    /// Its words, without code, formulas, tags, references and dates.
    pub text: String,
    /// The comments in it and right after it, without their signs.
    pub remarks: Vec<String>,
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern")
}

/// What is no sentence: code in fences, formulas that stand alone, the paths above listings.
static APART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?ms)^[> ]*```.*?^[> ]*```[^\n]*$|\$\$.*?\$\$|\{\{#include[^}]*\}\}",
        r#"|<p class="listing">.*?</p>"#
    ))
});
/// What a sentence may hold that is none of its words: code, formulas, references to works and
/// their sections, dates.
static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?s)`[^`]*`|\$[^$\n]+\$|\[[^\]]*\]\(bibliography\.md[^)]*\)|\]\([^)]*\)|\[!\w+\]",
        r"|[Ss]ections? \d+(?:\.\d+)*(?: (?:and|to) \d+(?:\.\d+)*)?",
        r"|\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}"
    ))
});
static COMMENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<!--(.*?)-->"));
/// Where a block begins within a paragraph of Markdown: items, rows, headings, tags.
static BLOCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)\n[> ]*\n|^[> ]*(?:[-*] |\d+\. |\||#+ )|</?(?:figure|figcaption|p|details|summary|br|td|th|tr|li|ul|ol)\b[^>]*>",
    )
});
static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<[^>]*>"));

/// Remarks stand in the text as one private sign each while it is cut.
const FIRST: u32 = 0xE000;

/// The sentences of a page.
pub fn sentences(page: &str) -> Vec<Sentence> {
    let mut remarks = Vec::new();
    let text = APART.replace_all(page, "\n\n");
    let text = COMMENT.replace_all(&text, |comment: &regex::Captures| {
        remarks.push(comment[1].split_whitespace().collect::<Vec<_>>().join(" "));
        char::from_u32(FIRST + remarks.len() as u32 - 1).map(String::from).unwrap_or_default()
    });
    // Something remains where code was: "`a` 1" is not "1" alone, and "x`2`" no number.
    let text = WITHIN.replace_all(&text, "\u{fffc}");
    let mut all = Vec::new();
    for block in BLOCK.split(&text) {
        let block = TAG.replace_all(block, "");
        let block =
            block.lines().map(|line| line.trim_start_matches(['>', ' '])).collect::<Vec<_>>().join(" ");
        for part in cut(&block) {
            let is_remark = |c: &char| (FIRST..FIRST + remarks.len() as u32).contains(&u32::from(*c));
            let own =
                part.chars().filter(is_remark).map(|c| remarks[(u32::from(c) - FIRST) as usize].clone());
            let text: String = part.chars().filter(|c| !is_remark(c)).collect();
            let sentence = Sentence { text: text.trim().to_owned(), remarks: own.collect() };
            if sentence != Sentence::default() {
                all.push(sentence);
            }
        }
    }
    all
}

/// A block in sentences. One ends with a sign, what closes around it, and the remarks that follow.
fn cut(block: &str) -> Vec<String> {
    static END: LazyLock<Regex> =
        LazyLock::new(|| pattern(r#"[.?!]["”’)*_]*(?:\s*[\u{E000}-\u{F8FF}])*(?:\s|$)"#));
    let mut parts = Vec::new();
    let mut begun = 0;
    for end in END.find_iter(block) {
        let part = &block[begun..end.end()];
        let abbreviated = ["e.g.", "i.e.", "al.", "cf.", "vs.", "approx."];
        if abbreviated.iter().any(|short| block[begun..=end.start()].ends_with(short)) {
            continue;
        }
        parts.push(part.to_owned());
        begun = end.end();
    }
    parts.push(block[begun..].to_owned());
    parts
}

#[test]
fn a_remark_belongs_to_the_sentence_before_it_or_around_it() {
    let page = "# A heading\n\nOne `x = 5` is 3.\nTwo ([A et al. 2017](bibliography.md#a2017)) is 4. <!-- numbers: a 4 -->\n<!-- b --> Three, by e.g. 5,\n\
                <!-- numbers: c\n5 --> is more!\n\n```text\n77. 88.\n```\n\n> 1. $9$ cats, on 24 November 2026 <!-- d -->\n> 2. dogs\n\n<summary>Six?</summary>\n\nSeven.";
    let found = sentences(page);
    let texts: Vec<&str> = found.iter().map(|sentence| sentence.text.as_str()).collect();
    let gap = '\u{fffc}';
    assert_eq!(
        texts,
        [
            "A heading".to_owned(),
            format!("One {gap} is 3."),
            format!("Two ({gap}) is 4."),
            "Three, by e.g. 5,  is more!".to_owned(),
            format!("{gap} cats, on {gap}"),
            "dogs".to_owned(),
            "Six?".to_owned(),
            "Seven.".to_owned()
        ]
    );
    let remarks: Vec<Vec<&str>> =
        found.iter().map(|sentence| sentence.remarks.iter().map(String::as_str).collect()).collect();
    assert_eq!(remarks[2], ["numbers: a 4", "b"]);
    assert_eq!(remarks[3], ["numbers: c 5"]);
    assert_eq!(remarks[4], ["d"]);
    assert_eq!(remarks.concat().len(), 4);
}
