//! The chapters' files as pages: whoever reads a listing online can see all of the file that it is
//! from, and the files beside it.

use crate::chapters::Chapter;
use crate::highlight;
use crate::listings::Shown;
use crate::static_page::{Generated, StaticPage, escape};
use anyhow::Result;
use std::collections::HashMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The folders of a crate that have pages, in the order in which its files are listed.
const FOLDERS: [&str; 7] = ["src", "examples", "exercises", "tests", "errors", "benches", "solutions"];

/// A file of a chapter's crate.
struct File<'a> {
    package: &'a str,
    /// The folder of the crate: `chapters/01-neurons`.
    place: &'a str,
    /// Where it lies in there: `src/loss.rs`.
    name: &'a str,
    text: &'a str,
    /// Where the chapter's exercises stand: a starter's path, and the page.
    homes: &'a HashMap<String, String>,
}

/// Writes `code/<path>.html` under `src` for every file of the crates. `names` are those of the
/// book's pages, `homes` says on which of them an exercise stands whose starter has this path, and
/// `shown` is what they show.
pub fn write(
    src: &Path,
    chapters: &[Chapter],
    names: &HashMap<String, String>,
    homes: &HashMap<String, String>,
    shown: &[Shown],
) -> Result<()> {
    let mut pages = Generated::new(src.join("code"));
    for chapter in chapters {
        let place = chapter.place();
        let files = files(&chapter.folder)?;
        for name in &files {
            let text = fs::read_to_string(chapter.folder.join(name))?;
            let file = File { package: &chapter.name, place: &place, name, text: &text, homes };
            let title = names.get(&chapter.name).map_or(chapter.name.as_str(), String::as_str);
            pages.write(format!("{place}/{name}.html"), file.page(title, &files, shown))?;
        }
    }
    pages.finish()
}

/// The Rust files of a crate, from its folder, with slashes on every system.
fn files(chapter: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for top in FOLDERS {
        let (mut folders, first) = (vec![top.to_owned()], files.len());
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(chapter.join(&folder)).into_iter().flatten() {
                let entry = entry?;
                let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
                if entry.path().is_dir() {
                    // Solutions that are wrong on purpose judge the judges: they are nothing to read.
                    if name != "exercises/wrong" {
                        folders.push(name);
                    }
                } else if entry.path().extension().is_some_and(|ending| ending == "rs") {
                    files.push(name);
                }
            }
        }
        files[first..].sort();
    }
    Ok(files)
}

impl File<'_> {
    fn page(&self, chapter: &str, files: &[String], shown: &[Shown]) -> String {
        let path = format!("{}/{}", self.place, self.name);
        // The page lies under `code`, too.
        let root = "../".repeat(path.matches('/').count() + 1);
        let mut body = format!("<h1 id=\"top\">{}</h1>\n", escape(&path));
        body += &self.purpose(&root, chapter);
        for part in shown.iter().filter(|part| part.file == path) {
            let section = part.section.as_ref().map(|section| format!(" › {section}")).unwrap_or_default();
            let place = format!("{root}{}#{}", part.page, part.id);
            let lines =
                part.anchor.as_ref().and_then(|anchor| Some((anchor, lines_of(self.text, anchor)?)));
            let lines = lines.map(|(anchor, (first, last))| {
                format!(": <a href=\"#{anchor}\">lines {first} to {last}</a>")
            });
            let _ = writeln!(
                body,
                "<p class=\"shown\">Shown in <a href=\"{place}\">{}</a>{}</p>",
                escape(&format!("{}{section}", part.name)),
                lines.unwrap_or_default()
            );
        }
        body += &self.beside(files);
        let _ = writeln!(
            body,
            "<pre tabindex=\"0\" role=\"group\" aria-label=\"The file\"><code>{}</code></pre>",
            code(self.text)
        );
        StaticPage {
            title: &format!("{} of {}", self.name, self.package),
            description: &first_words(self.text).unwrap_or(format!("{path}, a file of the book's crates")),
            root: &root,
            way: &format!(
                " › <a href=\"{root}{}.html\">{}</a> › <a href=\"#top\">{}</a>",
                self.package,
                escape(chapter),
                self.name
            ),
            body: &body,
        }
        .html()
    }

    /// What a starter and a solution are for.
    fn purpose(&self, root: &str, chapter: &str) -> String {
        let Some((folder, file)) = self.name.split_once('/') else { return String::new() };
        let (name, package) = (file.trim_end_matches(".rs"), self.package);
        let starter = format!("{}/exercises/{file}", self.place);
        let page = self.homes.get(&starter).map_or(package, String::as_str);
        let exercise = format!(
            "exercise <a href=\"{root}{page}.html#exercise-{name}\">{name}</a> of {}",
            escape(chapter)
        );
        match folder {
            "exercises" => format!(
                "<p>The starter of {exercise}. Write into this file in your copy of the book; \
                 <code>cargo x exercises {package} {name}</code> judges it.</p>\n"
            ),
            "solutions" => format!(
                "<p>The book's solution of {exercise}. Have you tried it yourself? What one finds is kept longer \
                 than what one reads.</p>\n"
            ),
            _ => String::new(),
        }
    }

    /// The crate's other files. Solutions are folded away: nobody should meet one by accident.
    fn beside(&self, files: &[String]) -> String {
        let up = "../".repeat(self.name.matches('/').count());
        let list = |folder: &str| -> String {
            let items = files.iter().filter(|file| file.starts_with(&format!("{folder}/")));
            let item = |file: &String| {
                let here = if file == self.name { " aria-current=\"page\"" } else { "" };
                format!("<li><a href=\"{up}{file}.html\"{here}>{file}</a></li>\n")
            };
            let items: String = items.map(item).collect();
            if items.is_empty() { items } else { format!("<ul>\n{items}</ul>\n") }
        };
        let open: String = FOLDERS.into_iter().filter(|folder| *folder != "solutions").map(list).collect();
        let mut html =
            format!("<details class=\"files\">\n<summary>The files of this crate</summary>\n{open}");
        let solutions = list("solutions");
        if !solutions.is_empty() {
            let _ = write!(
                html,
                "<details>\n<summary>Solutions: for when you have tried</summary>\n{solutions}</details>\n"
            );
        }
        html + "</details>\n"
    }
}

/// The file's lines, numbered as in the file. What a page shows is one element with the anchor as
/// its id; the marks themselves are left out.
fn code(text: &str) -> String {
    let mut html = String::new();
    for (number, (line, coloured)) in (1..).zip(text.lines().zip(highlight::lines(text))) {
        match mark(line) {
            Some((true, anchor)) => {
                let _ = write!(html, "<span class=\"part\" id=\"{anchor}\">");
            }
            Some((false, _)) => html += "</span>",
            None => {
                let _ = writeln!(
                    html,
                    "<span class=\"line\" id=\"L{number}\" data-line=\"{number}\">{coloured}"
                );
                html += "</span>";
            }
        }
    }
    html
}

/// Whether a line begins or ends a part, and which.
fn mark(line: &str) -> Option<(bool, &str)> {
    let mark = line.trim_start().strip_prefix("// ANCHOR")?;
    let begins = mark.starts_with(':');
    Some((begins, mark.strip_prefix(if begins { ": " } else { "_END: " })?.trim()))
}

/// The first and the last line of a part.
fn lines_of(text: &str, anchor: &str) -> Option<(usize, usize)> {
    let line = |begins| text.lines().position(|line| mark(line) == Some((begins, anchor)));
    // The marks stand before the first and behind the last; lines are counted from 1.
    Some((line(true)? + 2, line(false)?))
}

/// The first paragraph of a file's docs.
fn first_words(text: &str) -> Option<String> {
    let docs = text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    let words: Vec<&str> = docs.take_while(|line| !line.is_empty()).collect();
    let words = words.join(" ").replace(['`', '[', ']'], "");
    (!words.is_empty()).then(|| words.trim_start_matches("# ").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "//! Losses: `mean`.\n//! More.\n//!\n//! Other.\n\n// ANCHOR: squared\n\
                        /// A square.\nfn squared(x: &f64) {}\n// ANCHOR_END: squared\n";

    fn page(name: &str) -> String {
        let shown = Shown {
            file: "chapters/01-neurons/src/loss.rs".to_owned(),
            anchor: Some("squared".to_owned()),
            page: "neurons.html".to_owned(),
            name: "Neurons".to_owned(),
            section: Some("Losses & co".to_owned()),
            id: "listing-loss-squared".to_owned(),
        };
        let files =
            ["src/loss.rs", "src/plot/a.rs", "exercises/nor.rs", "solutions/nor.rs"].map(str::to_owned);
        let homes = HashMap::from([(
            "chapters/01-neurons/exercises/nor.rs".to_owned(),
            "neurons-gates".to_owned(),
        )]);
        let file =
            File { package: "neurons", place: "chapters/01-neurons", name, text: TEXT, homes: &homes };
        file.page("Neurons", &files, &[shown])
    }

    #[test]
    fn a_page_shows_the_file_numbered_with_its_parts_and_without_marks() {
        let html = page("src/loss.rs");
        assert!(!html.contains("ANCHOR"), "{html}");
        let part = html.split("<span class=\"part\" id=\"squared\">").nth(1).expect("the part is there");
        assert!(part.starts_with(
            "<span class=\"line\" id=\"L7\" data-line=\"7\"><span class=\"comment\">/// A square."
        ));
        assert!(part.contains("id=\"L8\"") && !html.contains("id=\"L9\"") && !html.contains("id=\"L6\""));
        assert_eq!(html.matches("<span").count(), html.matches("</span>").count());
        assert!(html.contains("content=\"Losses: mean. More.\""), "{html}");
    }

    #[test]
    fn a_page_leads_back_to_where_it_is_shown_and_to_its_neighbours() {
        let html = page("src/loss.rs");
        let back = "<a href=\"../../../../neurons.html#listing-loss-squared\">Neurons › Losses &amp; co</a>: \
                    <a href=\"#squared\">lines 7 to 8</a>";
        assert!(html.contains(back), "{html}");
        assert!(html.contains("<a href=\"../src/loss.rs.html\" aria-current=\"page\">"), "{html}");
        assert!(page("src/plot/a.rs").contains("<a href=\"../../exercises/nor.rs.html\">"));
    }

    #[test]
    fn solutions_are_linked_from_a_fold_only_and_starters_name_their_judge() {
        let html = page("exercises/nor.rs");
        assert!(html.contains("<code>cargo x exercises neurons nor</code>"), "{html}");
        assert!(html.contains("../../../../neurons-gates.html#exercise-nor"), "{html}");
        let fold = html.find("<summary>Solutions").expect("there is a fold");
        assert_eq!(html.matches("solutions/nor.rs.html").count(), 1);
        assert!(html.find("solutions/nor.rs.html").unwrap() > fold);
    }
}
