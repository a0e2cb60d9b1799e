//! Boxes that set a misconception right, and the page that lists them all.
//!
//! On its page a box is a warning that begins with "**Misconception:". Its last paragraph says who
//! says so, or where the book shows it, or both:
//!
//! ```text
//! > [!WARNING]
//! > **Misconception: "attention mixes the word vectors."** It mixes *values*, a projection of them.
//! >
//! > *Source:* [Vaswani et al. 2017](bibliography.md#vaswani2017). *Shown:* [In code](#in-code).
//! ```
//!
//! The list is made of the boxes whenever the book is built: nothing of it is written twice.

use anyhow::{Context, Result, ensure};
use regex::{Captures, Regex};
use std::collections::HashSet;
use std::fmt::Write;
use std::sync::LazyLock;

/// Where the list stands in its page.
const LIST: &str = "{{misconceptions}}";

/// A page as it is written: its file without the ending, its name in the summary, its text.
pub struct Page<'a> {
    pub stem: String,
    pub name: &'a str,
    pub text: &'a str,
}

static BOX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^> \[!WARNING\]\n> \*\*Misconception: (.*\n(?:>.*\n?)*)").expect("well formed")
});

/// What a box says, in Markdown, without the signs at the beginnings of its lines.
struct Misconception {
    claim: String,
    /// All that follows the claim.
    truth: String,
}

impl Misconception {
    fn of(found: &Captures) -> Self {
        let unquoted =
            |line: &str| line.strip_prefix("> ").or(line.strip_prefix('>')).unwrap_or(line).to_owned();
        let text = found[1].lines().map(unquoted).collect::<Vec<_>>().join("\n");
        let (claim, truth) = text.split_once("**").unwrap_or((&text, ""));
        Self { claim: claim.to_owned(), truth: truth.trim().to_owned() }
    }

    /// Its first words: what the list links to.
    fn id(&self) -> String {
        let words = self.claim.split(|letter: char| !letter.is_ascii_alphanumeric());
        let words: Vec<_> = words.filter(|word| !word.is_empty()).take(6).map(str::to_lowercase).collect();
        format!("misconception-{}", words.join("-"))
    }

    /// What is true, in a paragraph, and what that rests on.
    fn parts(&self) -> Option<(&str, &str)> {
        let (text, evidence) = self.truth.rsplit_once("\n\n")?;
        let rests = ["*Source:* ", "*Shown:* "].iter().any(|word| evidence.starts_with(word));
        Some((text.split("\n\n").next()?, evidence)).filter(|_| rests && evidence.contains("]("))
    }
}

/// The boxes of a page get their heading, a class and an id.
pub fn boxes(text: &str) -> String {
    BOX.replace_all(text, |found: &Captures| {
        let this = Misconception::of(found);
        format!(
            "<blockquote class=\"blockquote-tag blockquote-tag-warning misconception\" id=\"{}\">\n\
             <p class=\"blockquote-tag-title\">Misconception</p>\n\n**{}** {}\n\n</blockquote>\n",
            this.id(),
            this.claim,
            this.truth
        )
    })
    .into_owned()
}

/// All boxes, page by page, in place of the mark in the text of the page that lists them.
pub fn listed(text: &str, pages: &[Page]) -> Result<String> {
    ensure!(text.contains(LIST), "the page of all misconceptions has no {LIST}");
    Ok(text.replace(LIST, list(pages)?.trim_end()))
}

fn list(pages: &[Page]) -> Result<String> {
    static REMARK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)\s*<!--.*?-->").expect("well formed"));
    let mut all = String::new();
    for Page { stem, name, text } in pages {
        let boxes: Vec<_> = BOX.captures_iter(text).map(|found| Misconception::of(&found)).collect();
        let begun = text.matches("Misconception:").count();
        ensure!(begun == boxes.len(), "{stem}.md: {begun} misconceptions, but {} boxes", boxes.len());
        if !boxes.is_empty() {
            let _ = writeln!(all, "## {name}\n");
        }
        let mut ids = HashSet::new();
        for this in &boxes {
            let (id, claim) = (this.id(), &this.claim);
            let (truth, evidence) = this.parts().with_context(|| {
                format!(
                    "{stem}.md: the box {claim} does not end with its *Source:* or where it is *Shown:*"
                )
            })?;
            ensure!(ids.insert(id.clone()), "{stem}.md: two boxes begin with the words of {claim}");
            let entry = format!("**[{claim}]({stem}.md#{id})** {truth}\n\n{evidence}");
            // A link within the box's page leads there from everywhere.
            let entry = REMARK.replace_all(&entry, "").replace("](#", &format!("]({stem}.md#"));
            let _ = writeln!(all, "<div class=\"claim\">\n\n{entry}\n\n</div>\n");
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::root;

    const BOXED: &str = "Before.\n\n> [!WARNING]\n> **Misconception: \"it is deep.\"** It is *not*. <!-- numbers: a 1 -->\n>\n\
                         > ```text\n> code\n> ```\n>\n> *Shown:* [here](#here), [there](b.md#c).\n\nAfter.\n\n> [!WARNING]\n> Hot.\n";

    fn page(text: &str) -> Page<'_> {
        Page { stem: "deep".to_owned(), name: "Deep", text }
    }

    #[test]
    fn a_misconception_is_no_warning() {
        let html = boxes(BOXED);
        let head = "misconception\" id=\"misconception-it-is-deep\">\n<p class=\"blockquote-tag-title\">Misconception</p>\n\n\
                    **\"it is deep.\"** It is *not*.";
        assert!(html.contains(head), "{html}");
        assert!(html.contains(
            "\n```text\ncode\n```\n\n*Shown:* [here](#here), [there](b.md#c).\n\n</blockquote>\n"
        ));
        assert!(html.contains("\nAfter.") && html.contains("> [!WARNING]\n> Hot."), "{html}");
    }

    #[test]
    fn the_list_has_the_claim_what_is_true_and_what_that_rests_on() {
        let text = listed("Read:\n\n{{misconceptions}}\n", &[page("None."), page(BOXED)]).unwrap();
        let expected = "Read:\n\n## Deep\n\n<div class=\"claim\">\n\n\
                        **[\"it is deep.\"](deep.md#misconception-it-is-deep)** It is *not*.\n\n\
                        *Shown:* [here](deep.md#here), [there](b.md#c).\n\n</div>\n";
        assert_eq!(text, expected);
        assert!(
            boxes(BOXED).contains("id=\"misconception-it-is-deep\""),
            "what the list links to is there"
        );
    }

    #[test]
    fn a_box_without_evidence_in_another_form_or_twice_is_refused() {
        let refused = |text: &str| list(&[page(text)]).unwrap_err().to_string();
        let bare = BOXED.replace(", [there](b.md#c)", "").replace("[here](#here)", "somewhere");
        assert!(refused(&bare).contains("\"it is deep.\" does not end"), "{}", refused(&bare));
        assert!(refused(&BOXED.replace("*Shown:*", "Shown:")).contains("does not end"));
        assert!(
            refused("> [!NOTE]\n> **Misconception: \"a.\"** No.\n").contains("1 misconceptions, but 0")
        );
        assert!(refused(&BOXED.repeat(2)).contains("two boxes"));
        assert!(listed("No mark.", &[]).is_err());
    }

    #[test]
    fn every_box_of_the_book_is_listed() {
        let files = checks::pages();
        let pages: Vec<_> = files
            .iter()
            .map(|file| Page { stem: file.name.clone(), name: &file.name, text: &file.text })
            .collect();
        let list = list(&pages).unwrap();
        assert!(list.matches("class=\"claim\"").count() > 20, "{list}");
        let home = std::fs::read_to_string(root().join("book/src/misconceptions.md")).unwrap();
        assert!(
            listed(&home, &pages)
                .unwrap()
                .contains("(attention.md#misconception-attention-mixes-the-word-vectors)")
        );
    }
}
