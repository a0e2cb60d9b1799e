//! Listings on a page: each says which file it is from, links to it, and can be linked to.

use crate::static_page::escape;
use anyhow::{Context, Result, ensure};
use regex::Regex;
use std::fmt::Write;
use std::sync::LazyLock;

/// A part of a file that a page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The file, from the root: `chapters/01-neurons/src/loss.rs`.
    pub file: String,
    /// The part of it that is shown; all of it, if none.
    pub anchor: Option<String>,
    /// The page: `neurons.html`.
    pub page: String,
    /// Its name: "Neurons".
    pub name: String,
    /// The heading under which it stands.
    pub section: Option<String>,
    /// The listing's own id on the page.
    pub id: String,
}

static LABEL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"^<p class="listing">(.*)</p>$"#).expect("well formed"));
static PATH: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\w./-]+\.rs\b").expect("well formed"));
static INCLUDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\{\{#include (?:\.\./)*(chapters/[^:}]+\.rs)(?::([\w-]+))?\}\}$").expect("well formed")
});

/// A file, and the part of it that is included.
type Include = (String, Option<String>);

/// Makes the paths above listings links into the code pages; a listing without a path gets one.
/// Says what is shown.
pub fn link(text: &str, page: &str, name: &str) -> Result<(String, Vec<Shown>)> {
    let lines: Vec<&str> = text.lines().collect();
    let (mut out, mut shown, mut section) = (String::new(), Vec::<Shown>::new(), None);
    // What the label above speaks for: the listings that follow without a word between.
    let (mut labelled, mut id) = (Vec::new(), String::new());
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let label = LABEL.captures(line).map(|found| found[1].to_owned());
        let end = if line.starts_with("```") { fence_end(&lines, at) } else { at + 1 };
        let included: Vec<Include> = lines[at..end].iter().filter_map(|line| include(line)).collect();
        if let Some(label) = label {
            labelled = following(&lines, at + 1);
            id = new_id(&labelled, &shown);
            let label = linked(&label, &labelled).with_context(|| page.to_owned())?;
            out.extend(["<p class=\"listing\" id=\"", &id, "\">", &label, "</p>\n"]);
        } else {
            if included.iter().any(|part| !labelled.contains(part)) {
                labelled.clone_from(&included);
                id = new_id(&labelled, &shown);
                let label = linked(&included[0].0, &included)?;
                out.extend(["<p class=\"listing\" id=\"", &id, "\">", &label, "</p>\n\n"]);
            } else if included.is_empty() && !line.is_empty() && !line.starts_with("```") {
                labelled.clear();
            }
            if let Some(heading) = line.strip_prefix("##") {
                section = Some(heading.trim_start_matches('#').trim().replace(['`', '*'], ""));
            }
            shown.extend(included.into_iter().map(|(file, anchor)| Shown {
                file,
                anchor,
                page: page.to_owned(),
                name: name.to_owned(),
                section: section.clone(),
                id: id.clone(),
            }));
            for line in &lines[at..end] {
                out += line;
                out.push('\n');
            }
        }
        at = end;
    }
    Ok((out, shown))
}

fn include(line: &str) -> Option<Include> {
    let found = INCLUDE.captures(line)?;
    Some((found[1].to_owned(), found.get(2).map(|anchor| anchor.as_str().to_owned())))
}

/// The line after the block that begins at `at`.
fn fence_end(lines: &[&str], at: usize) -> usize {
    let length = lines[at + 1..].iter().position(|line| line.starts_with("```"));
    length.map_or(lines.len(), |length| at + 1 + length + 1)
}

/// What the blocks include that follow from line `at` on.
fn following(lines: &[&str], mut at: usize) -> Vec<Include> {
    let mut found = Vec::new();
    while at < lines.len() && (lines[at].is_empty() || lines[at].starts_with("```")) {
        let end = if lines[at].is_empty() { at + 1 } else { fence_end(lines, at) };
        found.extend(lines[at..end].iter().filter_map(|line| include(line)));
        at = end;
    }
    found
}

/// The label with each path as a link to where the file's page shows the part.
fn linked(label: &str, includes: &[Include]) -> Result<String> {
    let (mut html, mut from) = (String::new(), 0);
    for path in PATH.find_iter(label) {
        let shows = |file: &str| file == path.as_str() || file.ends_with(&format!("/{}", path.as_str()));
        let part = includes.iter().find(|(file, _)| shows(file));
        ensure!(part.is_some(), "the listing beneath \"{label}\" includes nothing from {}", path.as_str());
        let anchor = part.and_then(|(_, anchor)| anchor.as_ref()).map(|anchor| format!("#{anchor}"));
        html += &escape(&label[from..path.start()]);
        let _ = write!(
            html,
            "<a href=\"code/{}.html{}\">{}</a>",
            part.map_or("", |(file, _)| file),
            anchor.unwrap_or_default(),
            path.as_str()
        );
        from = path.end();
    }
    ensure!(from > 0, "\"{label}\" above a listing names no file");
    Ok(html + &escape(&label[from..]))
}

/// `listing-loss-squared` for the part `squared` of `loss.rs`; with a number, if it is there before.
fn new_id(includes: &[Include], shown: &[Shown]) -> String {
    let (file, anchor) = includes.first().cloned().unwrap_or_default();
    let stem = file.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
    let id = anchor.map_or(format!("listing-{stem}"), |anchor| format!("listing-{stem}-{anchor}"));
    let is_new = |id: &String| shown.iter().all(|before| before.id != *id);
    let mut ids = std::iter::once(id.clone()).chain((2..).map(|n| format!("{id}-{n}")));
    ids.find(is_new).expect("numbers do not end")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "## Two `variants`\n\n<p class=\"listing\">chapters/11-x/src/rms.rs, then examples/swi.rs</p>\n\n\
        ```rust,ignore\n{{#include ../../chapters/11-x/src/rms.rs:norm}}\n\n\
        {{#include ../../chapters/11-x/examples/swi.rs:swi}}\n```\n\n```text\n{{#include ../../chapters/11-x/a.stdout}}\n```\n";

    #[test]
    fn every_path_above_a_listing_becomes_a_link_to_its_part() {
        let (html, shown) = link(TWO, "x.html", "X").unwrap();
        assert!(html.contains(
            "<p class=\"listing\" id=\"listing-rms-norm\">\
             <a href=\"code/chapters/11-x/src/rms.rs.html#norm\">chapters/11-x/src/rms.rs</a>, then \
             <a href=\"code/chapters/11-x/examples/swi.rs.html#swi\">examples/swi.rs</a></p>"
        ));
        assert_eq!(shown.len(), 2);
        assert_eq!(shown[1].section.as_deref(), Some("Two variants"));
        assert_eq!(shown[1].id, "listing-rms-norm");
        assert_eq!(html.lines().count(), TWO.lines().count());
    }

    #[test]
    fn a_listing_of_a_whole_file_links_to_its_beginning() {
        let page = "<p class=\"listing\">chapters/00-t/errors/sizes.rs</p>\n\n\
                    ```rust,compile_fail\n{{#include ../../chapters/00-t/errors/sizes.rs}}\n```\n";
        let (html, shown) = link(page, "t.html", "T").unwrap();
        assert!(html.contains("id=\"listing-sizes\"><a href=\"code/chapters/00-t/errors/sizes.rs.html\">"));
        assert_eq!(shown[0].anchor, None);
    }

    #[test]
    fn a_listing_without_a_path_gets_one_unless_the_one_above_speaks_for_it() {
        let listing = |anchor: &str| {
            format!("```rust,ignore\n{{{{#include ../../chapters/0/src/a.rs:{anchor}}}}}\n```\n")
        };
        let label = "<p class=\"listing\">chapters/0/src/a.rs</p>\n\n";
        let page =
            format!("{label}{}\n{}\nA word.\n\n{}", listing("one"), listing("two"), listing("three"));
        let (html, shown) = link(&page, "a.html", "A").unwrap();
        assert_eq!(html.matches("class=\"listing\"").count(), 2);
        let ids: Vec<_> = shown.iter().map(|shown| shown.id.as_str()).collect();
        assert_eq!(ids, ["listing-a-one", "listing-a-one", "listing-a-three"]);
    }

    #[test]
    fn the_same_part_twice_has_two_ids() {
        let (html, _) = link(&format!("{TWO}\n{TWO}"), "x.html", "X").unwrap();
        assert!(html.contains("id=\"listing-rms-norm\"") && html.contains("id=\"listing-rms-norm-2\""));
    }

    #[test]
    fn a_path_that_the_listing_does_not_show_is_an_error() {
        let page = TWO.replace("then examples/swi.rs", "then examples/other.rs");
        let error = format!("{:#}", link(&page, "x.html", "X").unwrap_err());
        assert!(error.contains("x.html") && error.contains("examples/other.rs"), "{error}");
    }
}
