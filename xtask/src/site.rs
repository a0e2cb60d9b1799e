//! What the pages of the built book must have: formulas that can be heard, listings, exercises,
//! figures and notebooks that can be reached, code in colour.

use crate::chapters::{Chapter, finished};
use crate::highlight::CLASS_NAMES;
use crate::links::html_files;
use crate::run::root;
use anyhow::{Context, Result, ensure};
use scraper::{ElementRef, Html, Selector};
use std::fs;
use std::path::Path;

/// Checks the built book in `folder`.
pub fn check(folder: &Path) -> Result<()> {
    let mut faults = Vec::new();
    let mut note = |page: &Path, found: Vec<String>| {
        let page = page.strip_prefix(folder).unwrap_or(page).display().to_string();
        faults.extend(found.into_iter().map(|fault| format!("{page}: {fault}")));
    };
    let read =
        |page: &Path| fs::read_to_string(page).with_context(|| format!("no page {}", page.display()));
    for entry in fs::read_dir(folder)? {
        let page = entry?.path();
        // The print page repeats the others.
        if page.extension().is_some_and(|ending| ending == "html") && !page.ends_with("print.html") {
            note(&page, page_faults(&read(&page)?));
        }
    }
    let written = checks::pages();
    for chapter in finished() {
        let own = checks::pages_of(&chapter.name, &written);
        let html = |page: &&checks::Page| read(&folder.join(&page.name).with_extension("html"));
        let html = own.iter().map(html).collect::<Result<Vec<_>>>()?;
        note(&folder.join(&chapter.name).with_extension("html"), chapter_faults(&html, &chapter)?);
    }
    let mut coloured = html_files(&folder.join("code"))?;
    coloured.extend(html_files(&folder.join("notebooks"))?);
    for page in &coloured {
        note(page, code_faults(&read(page)?));
    }
    faults.sort();
    ensure!(faults.is_empty(), "{} faults in the built book:\n{}", faults.len(), faults.join("\n"));
    println!(
        "{} pages of code and notebooks, each in colour; what pages must have is there.",
        coloured.len()
    );
    Ok(())
}

/// What any page may lack.
fn page_faults(html: &str) -> Vec<String> {
    let html = Html::parse_document(html);
    let mut faults = Vec::new();
    for formula in all(html.root_element(), ".katex") {
        if all(formula, "math").is_empty() {
            faults.push(format!("a formula without MathML: {}", text(formula)));
        }
    }
    for listing in all(html.root_element(), "p.listing") {
        let (label, links) = (text(listing), all(listing, "a[href^='code/']").len());
        if links == 0 || links != label.matches(".rs").count() || listing.attr("id").is_none() {
            faults.push(format!("a listing that does not link to its file, or has no id: {label}"));
        }
    }
    for figure in all(html.root_element(), "figure") {
        if figure.attr("id").is_none() || all(figure, "figcaption[id]").is_empty() {
            faults.push(format!("a figure that cannot be linked: {}", text(figure)));
        }
    }
    for quote in all(html.root_element(), "blockquote") {
        if text(quote).contains("Misconception:") {
            faults.push(format!("a misconception that is called something else: {}", text(quote)));
        }
    }
    for heading in all(html.root_element(), "th") {
        let formulas = all(heading, ".katex").iter().map(|formula| text(*formula).len()).sum::<usize>();
        if text(heading).len() <= formulas {
            faults.push(format!("a heading of a table without a word: {}", text(heading)));
        }
    }
    for block in all(html.root_element(), "main, main details") {
        let loose = block.children().filter_map(|child| child.value().as_text());
        for words in loose.map(|words| words.trim()).filter(|words| !words.is_empty()) {
            faults.push(format!("text in no paragraph, after HTML without an empty line: {words:.60}"));
        }
    }
    for block in all(html.root_element(), "figcaption, summary") {
        if text(block).contains('`') {
            faults.push(format!("Markdown where only HTML is read: {:.60}", text(block)));
        }
    }
    faults
}

/// What the pages of a chapter may lack: its exercises, each on one of them, and its notebook, on the first.
fn chapter_faults(pages: &[String], chapter: &Chapter) -> Result<Vec<String>> {
    let pages: Vec<Html> = pages.iter().map(|page| Html::parse_document(page)).collect();
    let has = |page: &Html, css: &str| !all(page.root_element(), css).is_empty();
    let mut faults = Vec::new();
    let place = chapter.place();
    for entry in fs::read_dir(chapter.folder.join("exercises"))? {
        let file = entry?.file_name().to_string_lossy().into_owned();
        // Beside the starters lies a folder of wrong solutions, which judge the judges.
        let Some(name) = file.strip_suffix(".rs") else { continue };
        let judge = format!("cargo x exercises {} {name}", chapter.name);
        let stands = |page: &&Html| {
            has(page, &format!("a[href='code/{place}/exercises/{file}.html']"))
                && has(page, &format!("#exercise-{name}"))
                && text(page.root_element()).contains(&judge)
        };
        if pages.iter().filter(stands).count() != 1 {
            faults.push(format!(
                "exercise {name} has no id, no link to its starter or not its judge, {judge}, or stands on two pages"
            ));
        }
    }
    let notebook = place.replace("chapters/", "notebooks/");
    let first_links = |to: &str| pages.first().is_some_and(|page| has(page, &format!("a[href='{to}']")));
    if root().join(format!("{notebook}.ipynb")).exists() && !first_links(&format!("{notebook}.html")) {
        faults.push(format!("no link to {notebook}.html"));
    }
    Ok(faults)
}

/// What a page of code may lack.
fn code_faults(html: &str) -> Vec<String> {
    let classes = CLASS_NAMES.iter().filter(|(_, class)| !class.is_empty());
    let is_coloured =
        classes.map(|(_, class)| class).any(|class| html.contains(&format!("<span class=\"{class}\">")));
    let has_marks = html.contains("// ANCHOR");
    [(!is_coloured, "its code has no colour"), (has_marks, "a mark of a listing stands in the text")]
        .into_iter()
        .filter(|(found, _)| *found)
        .map(|(_, fault)| fault.to_owned())
        .collect()
}

fn all<'a>(within: ElementRef<'a>, css: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(css).expect("names of files make well formed selectors");
    within.select(&selector).collect()
}

/// The words of an element, on one line.
fn text(element: ElementRef) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_must_have_mathml() {
        let silent =
            "<span class=\"katex\"><span class=\"katex-html\" aria-hidden=\"true\">x</span></span>";
        assert_eq!(page_faults(silent).len(), 1);
        let heard = silent
            .replace("<span class=\"katex-html\"", "<math><mi>x</mi></math><span class=\"katex-html\"");
        assert_eq!(page_faults(&heard), Vec::<String>::new());
    }

    #[test]
    fn a_listing_must_link_to_every_file_it_names() {
        let one = "<p class=\"listing\" id=\"a\"><a href=\"code/a.rs.html\">a.rs</a>, then b.rs</p>";
        assert_eq!(page_faults(one).len(), 1);
        let both = one.replace("b.rs", "<a href=\"code/b.rs.html\">b.rs</a>");
        assert_eq!(page_faults(&both), Vec::<String>::new());
        assert_eq!(page_faults(&both.replace(" id=\"a\"", "")).len(), 1);
    }

    #[test]
    fn figures_need_ids_and_misconceptions_their_name() {
        assert_eq!(page_faults("<figure><figcaption id=\"b\">c</figcaption></figure>").len(), 1);
        assert_eq!(page_faults("<figure id=\"a\"><figcaption id=\"b\">c</figcaption></figure>").len(), 0);
        assert_eq!(page_faults("<blockquote><p>Warning</p><b>Misconception: x</b></blockquote>").len(), 1);
        assert_eq!(page_faults("<blockquote><p>Misconception</p><b>x</b></blockquote>").len(), 0);
    }

    #[test]
    fn headings_of_tables_need_words() {
        let headed = |cell: &str| page_faults(&format!("<table><tr><th>{cell}</th></tr></table>")).len();
        let formula = "<span class=\"katex\"><math><mi>s</mi></math></span>";
        assert_eq!((headed(""), headed(formula)), (1, 1));
        assert_eq!((headed("words"), headed(&format!("exponent {formula}"))), (0, 0));
    }

    #[test]
    fn text_stands_in_paragraphs() {
        let page = |inside: &str| page_faults(&format!("<main><details>{inside}</details></main>")).len();
        assert_eq!((page("<p>so</p>\n"), page("<p>so</p> *loose* text")), (0, 1));
        assert_eq!(page_faults("<main><details></details>\n*loose*</main>").len(), 1);
        assert_eq!(page_faults("<summary>a <code>head</code></summary>").len(), 0);
        assert_eq!(page_faults("<summary>a `head`</summary>").len(), 1);
    }

    #[test]
    fn exercises_and_the_notebook_must_be_linked() {
        let chapter = finished().remove(0);
        let bare = chapter_faults(&["<p>Nothing.</p>".to_owned()], &chapter).unwrap();
        assert_eq!(bare.iter().filter(|fault| fault.starts_with("exercise ")).count(), 3, "{bare:?}");
        assert!(bare.iter().any(|fault| fault.contains("notebooks/00-tensors.html")), "{bare:?}");
    }

    #[test]
    fn code_must_be_coloured_and_without_marks() {
        assert_eq!(code_faults("<pre>fn a() {}</pre>").len(), 1);
        assert_eq!(
            code_faults("<pre><span class=\"keyword\">fn</span> a() {}</pre>"),
            Vec::<String>::new()
        );
        assert_eq!(code_faults("<pre><span class=\"comment\">// ANCHOR: a</span></pre>").len(), 1);
    }
}
