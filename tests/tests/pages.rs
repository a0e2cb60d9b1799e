//! Pages agree with the crates.

use checks::{chapters, files, finished, is_page_of, pages, pages_of, root};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn every_listing_is_included_from_a_crate() {
    for page in pages() {
        for (tag, text) in page.code_blocks() {
            let typed =
                text.lines().filter(|line| !line.trim().is_empty() && !line.contains("{{#include")).count();
            assert!(
                !tag.starts_with("rust") || typed <= 1,
                "{}: a Rust block typed by hand:\n{text}",
                page.name
            );
            assert!(
                !tag.starts_with("text") || typed == 0,
                "{}: an output typed by hand:\n{text}",
                page.name
            );
        }
    }
}

#[test]
fn every_include_exists_and_so_does_its_anchor() {
    for page in pages() {
        for (path, anchor) in page.includes() {
            let text = fs::read_to_string(root().join(&path));
            let text =
                text.unwrap_or_else(|error| panic!("{} includes {}: {error}", page.name, path.display()));
            if let Some(anchor) = anchor {
                let marks = ["ANCHOR: ", "ANCHOR_END: "].map(|mark| format!("{mark}{anchor}\n"));
                assert!(
                    marks.iter().all(|mark| text.contains(mark)),
                    "{}: no anchor {anchor} in {}",
                    page.name,
                    path.display()
                );
            }
        }
    }
}

/// Columns of a listing's box on a wide screen, and the width to which rustfmt breaks code.
const WIDTH: usize = 108;

/// The lines between the marks of an anchor; all without one.
fn part<'a>(text: &'a str, anchor: Option<&str>) -> Vec<&'a str> {
    let Some(anchor) = anchor else { return text.lines().collect() };
    let is = |mark: &str, line: &&str| line.trim_end().ends_with(&format!("{mark}: {anchor}"));
    let inside = text.lines().skip_while(|line| !is("ANCHOR", line)).skip(1);
    inside.take_while(|line| !is("ANCHOR_END", line)).collect()
}

/// Lines that do not fit, with their numbers of columns.
fn too_wide<'a>(lines: &[&'a str]) -> Vec<(usize, &'a str)> {
    let widths = lines.iter().map(|line| (line.chars().count(), *line));
    widths.filter(|(width, line)| *width > WIDTH && !line.contains("ANCHOR")).collect()
}

#[test]
fn what_pages_include_fits_the_width_of_a_listing() {
    let mut wrong = Vec::new();
    for page in pages() {
        for (path, anchor) in page.includes() {
            if path.extension().is_some_and(|end| end == "svg") {
                continue;
            }
            let text = fs::read_to_string(root().join(&path)).unwrap();
            for (width, line) in too_wide(&part(&text, anchor.as_deref())) {
                wrong.push(format!("{}, {}: {width} columns:\n{line}", page.name, path.display()));
            }
        }
        for (_, text) in page.code_blocks() {
            let lines: Vec<&str> = text.lines().filter(|line| !line.contains("{{#include")).collect();
            let wide = too_wide(&lines).into_iter();
            wrong.extend(wide.map(|(width, line)| format!("{}: {width} columns:\n{line}", page.name)));
        }
    }
    assert!(wrong.is_empty(), "more than {WIDTH} columns:\n{}", wrong.join("\n"));
}

#[test]
fn a_line_of_109_columns_is_too_wide_wherever_it_stands_in_an_anchor() {
    let wide = "é".repeat(WIDTH + 1);
    let text =
        format!("{wide}\n// ANCHOR: a\n{}\n// {wide}\n// ANCHOR_END: a\n{wide}\n", "é".repeat(WIDTH));
    let found = |anchor| too_wide(&part(&text, anchor)).iter().map(|(width, _)| *width).collect::<Vec<_>>();
    assert_eq!(found(Some("a")), [WIDTH + 4]);
    assert_eq!(found(None), [WIDTH + 1, WIDTH + 4, WIDTH + 1]);
}

#[test]
fn every_figure_shown_exists_and_every_figure_written_is_shown() {
    let shown: BTreeSet<String> = pages()
        .iter()
        .flat_map(checks::Page::includes)
        .filter(|(path, _)| path.extension().is_some_and(|e| e == "svg"))
        // Windows parts folders by another sign.
        .map(|(path, _)| path.to_string_lossy().replace('\\', "/"))
        .collect();
    let mut written = BTreeSet::new();
    for chapter in finished() {
        for file in files(&root().join("book/src/figures").join(&chapter.name)) {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            written.insert(format!("book/src/figures/{}/{name}", chapter.name));
            // The experiment names each figure that it writes.
            let source = checks::sources(&chapter.folder.join("src"));
            let stem = name.trim_end_matches(".svg");
            assert!(source.contains(&format!("\"{stem}\"")), "nothing in {} writes {name}", chapter.name);
        }
    }
    assert_eq!(shown, written);
}

#[test]
fn no_page_loads_anything_from_the_network() {
    let mut sources = files(&root().join("book/theme"));
    sources.extend(files(&root().join("book/theme/katex")));
    sources.push(root().join("book/book.toml"));
    let mut texts: Vec<(String, String)> = pages().into_iter().map(|page| (page.name, page.text)).collect();
    texts.extend(
        sources
            .into_iter()
            .filter_map(|path| Some((path.display().to_string(), fs::read_to_string(path).ok()?))),
    );
    for (name, text) in texts {
        for loads in ["src=\"http", "src=\"//", "url(http", "url(//", "@import"] {
            assert!(!text.contains(loads), "{name} contains {loads}");
        }
        // A script or a style sheet of the book's own may be there; an address of another place may
        // not, neither in the tag nor in what the script does.
        let mut code: Vec<&str> = ["<script", "<link"]
            .iter()
            .flat_map(|tag| text.split(tag).skip(1).filter_map(|rest| rest.split('>').next()))
            .collect();
        code.extend(text.split("<script").skip(1).filter_map(|rest| rest.split("</script>").next()));
        if Path::new(&name).extension().is_some_and(|ending| ending == "js") {
            code.push(&text);
        }
        for code in code {
            // The name of a language, not an address: nothing is loaded from there.
            let code = code.replace("http://www.w3.org/", "");
            for address in ["http:", "https:", "\"//", "'//", "`//", "=//"] {
                assert!(!code.contains(address), "{name}: a script or link with a remote address: {code}");
            }
        }
        assert!(
            !text.contains("](http") || !text.contains("!["),
            "{name} may show an image from the network"
        );
    }
}

/// Whether a caption says the right thing, only people can judge; that it is a caption, this test.
#[test]
fn every_figure_has_a_caption_of_its_own_in_whole_sentences() {
    let mut captions = BTreeSet::new();
    for page in pages() {
        for figure in page.text.split("<figure>").skip(1) {
            let figure = figure.split("</figure>").next().unwrap_or_default();
            let caption = figure.split("<figcaption>").nth(1).unwrap_or_default();
            let html = caption.split("</figcaption>").next().unwrap_or_default();
            // What stands outside of tags.
            let words = html.split('<').enumerate().filter_map(|(i, part)| {
                if i == 0 { Some(part) } else { part.split_once('>').map(|(_, text)| text) }
            });
            let caption = words.collect::<String>().trim().to_owned();
            let words = caption.split_whitespace().count();
            let ends = caption.trim_end_matches(')').ends_with(['.', '?', '!']);
            assert!(words >= 10 && ends, "{}: a figure with the caption {caption:?}", page.name);
            assert!(
                captions.insert(caption.clone()),
                "{}: two figures with the caption {caption:?}",
                page.name
            );
        }
    }
    assert!(captions.len() > 50, "only {} figures", captions.len());
}

/// Pictures under a question that do not answer it, with the reason.
const KEEP_THE_SECRET: [(&str, &str); 7] = [
    ("tensors/broadcast", "the sums, not what is stored"),
    ("neurons/clouds", "another task"),
    ("backprop/xor", "what is learned, not what a slope costs"),
    ("deep-networks/spirals", "one network, without its number of layers"),
    ("attention/recall", "another task"),
    ("mini-gpt/curve", "how much is lost, not where"),
    ("gpt2/parts", "parameters, not time"),
];

#[test]
fn a_question_is_not_answered_by_the_picture_beneath_it() {
    let all = pages();
    for page in finished().iter().flat_map(|chapter| pages_of(&chapter.name, &all)) {
        let (_, rest) = page.text.split_once("**Predict.**").unwrap_or_else(|| {
            panic!("{}: a page begins with a question to guess at", page.name);
        });
        let before_the_first_section = rest.split("\n## ").next().unwrap_or_default();
        // What is folded is not seen; what is left must be on the list.
        let mut seen = String::new();
        for (i, part) in before_the_first_section.split("<details class=\"guess\">").enumerate() {
            seen +=
                if i == 0 { part } else { part.split_once("</details>").map_or("", |(_, after)| after) };
        }
        for figure in seen.split("{{#include figures/").skip(1).filter_map(|rest| rest.split(".svg").next())
        {
            assert!(
                KEEP_THE_SECRET.iter().any(|(name, _)| *name == figure),
                "{}: {figure} stands open under the question: fold it in <details class=\"guess\">, \
                 or say in KEEP_THE_SECRET why it does not answer it",
                page.name
            );
        }
    }
}

#[test]
fn captions_hold_in_every_theme() {
    // White and black change places, and a palette may change; names, shapes and the scale from
    // dark to yellow stay.
    let shades =
        ["pale", "white", "black", "grey", "gray", "bright", "blue", "green", "orange", "ochre", "purple"];
    for page in pages() {
        for caption in page.text.split("<figcaption>").skip(1) {
            let caption = caption.split("</figcaption>").next().unwrap_or_default().to_lowercase();
            for word in caption.split(|letter: char| !letter.is_alphabetic()) {
                assert!(!shades.contains(&word), "{}: “{word}” in a caption: {caption}", page.name);
            }
        }
    }
}

#[test]
fn the_summary_leads_to_every_page_and_to_nothing_else() {
    let summary = fs::read_to_string(root().join("book/src/SUMMARY.md")).unwrap();
    let listed: Vec<_> =
        summary.split("](").skip(1).filter_map(|rest| rest.split(')').next()).map(str::to_owned).collect();
    assert!(!listed.iter().any(String::is_empty), "an entry without a page: say on a page what it will be");
    let there: BTreeSet<_> = pages()
        .iter()
        .filter(|page| page.name != "SUMMARY")
        .map(|page| format!("{}.md", page.name))
        .collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), there);
    assert_eq!(listed.len(), there.len(), "a page is listed twice");
}

#[test]
fn a_page_belongs_to_one_chapter_at_most() {
    let chapters = chapters();
    for page in pages() {
        let of: Vec<_> = chapters.iter().filter(|chapter| is_page_of(&page.name, &chapter.name)).collect();
        assert!(of.len() <= 1, "{} belongs to {of:?}", page.name);
    }
    assert!(is_page_of("scaling", "scaling") && is_page_of("scaling-bits", "scaling"));
    assert!(!is_page_of("scalings", "scaling") && !is_page_of("scaling", "scaling-bits"));
}

#[test]
fn every_finished_chapter_has_its_pages_notebook_exercises_and_solutions() {
    let (chapters, all) = (finished(), pages());
    assert!(chapters.len() >= 2);
    for chapter in chapters {
        let folder = chapter.folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(root().join("notebooks").join(format!("{folder}.ipynb")).exists(), "no notebook {folder}");
        let names = |part: &str| -> BTreeSet<_> {
            files(&chapter.folder.join(part))
                .iter()
                .filter_map(|f| Some(f.file_name()?.to_owned()))
                .collect()
        };
        let exercises = names("exercises");
        assert!(exercises.len() >= 3, "{folder} has {} exercises", exercises.len());
        assert_eq!(exercises, names("solutions"), "{folder}");
        let own = pages_of(&chapter.name, &all);
        for exercise in exercises {
            let name = exercise.to_string_lossy().replace(".rs", "");
            let judge = chapter.folder.join("tests/exercises").join(&exercise);
            let judge = fs::read_to_string(judge).unwrap_or_default();
            assert!(judge.contains(&format!("fn {name}()")), "nothing judges {folder}/{name}");
            let asks = own.iter().filter(|page| page.text.contains(&format!("**{name}**"))).count();
            assert_eq!(asks, 1, "pages of {folder} that ask for {name}");
            let text = fs::read_to_string(chapter.folder.join("exercises").join(&exercise)).unwrap();
            assert!(
                text.contains("//! # Hints") && text.contains("todo!("),
                "{folder}/{name} needs hints and a gap"
            );
        }
    }
}

#[test]
fn the_glossary_points_at_real_headings() {
    let pages = pages();
    let glossary = pages.iter().find(|page| page.name == "glossary").unwrap();
    // As mdBook makes them: signs fall away.
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let slug =
        |heading: &str| heading.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-");
    for link in glossary.text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        let (file, anchor) = link.split_once(".md#").unwrap_or_else(|| panic!("{link} names no heading"));
        let page = pages.iter().find(|page| page.name == file).unwrap_or_else(|| panic!("no page {file}"));
        let headings = page
            .text
            .lines()
            .filter_map(|line| Some(slug(line.strip_prefix("##")?.trim_start_matches('#').trim())));
        assert!(headings.into_iter().any(|heading| heading == anchor), "no heading for {link}");
    }
}

/// The keys, as `kingma2015`, of what pages link to and what the docs of the crates cite, with the
/// place.
fn citations() -> Vec<(String, String)> {
    let links = pages().into_iter().flat_map(|page| {
        let keys = page
            .text
            .split("(bibliography.md#")
            .skip(1)
            .map(|rest| rest.split(')').next().unwrap().to_owned());
        keys.map(|key| (key, page.name.clone())).collect::<Vec<_>>()
    });
    let sources = finished().into_iter().flat_map(|chapter| files(&chapter.folder.join("src")));
    let docs = sources.flat_map(|file| {
        let text = fs::read_to_string(&file).unwrap();
        let comments = text.lines().filter(|line| line.trim_start().starts_with("//"));
        // "(Ba et al. 2016; Xiong et al. 2020)"
        let parts = comments
            .flat_map(|line| line.split(['(', ';']).skip(1))
            .filter_map(|rest| rest.split([')', ';']).next());
        parts.filter_map(key).map(|key| (key, file.display().to_string())).collect::<Vec<_>>()
    });
    links.chain(docs).collect()
}

/// "Kingma & Ba 2015" is kingma2015: the first name and the year. What does not look like that
/// cites nothing.
fn key(citation: &str) -> Option<String> {
    let (names, year) = citation.trim().rsplit_once(' ')?;
    let is_name = |word: &str| ["&", "et", "al."].contains(&word) || word.starts_with(char::is_uppercase);
    let digits: String = year.chars().take_while(char::is_ascii_digit).collect();
    let is_year = digits.parse().is_ok_and(|year: u32| (1900..2100).contains(&year)) && year.len() <= 5;
    let first = names.split([' ', ',']).next()?.to_lowercase();
    (is_year && names.split_whitespace().all(is_name)).then(|| format!("{first}{year}"))
}

#[test]
fn the_bibliography_holds_what_is_cited_and_nothing_else() {
    let text = fs::read_to_string(root().join("book/src/bibliography.md")).unwrap();
    let entries: Vec<_> =
        text.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(entries.is_sorted(), "the entries are not in order");
    let entries: BTreeSet<_> = entries.into_iter().collect();
    let citations = citations();
    let in_docs = citations.iter().filter(|(_, place)| place.contains("src")).count();
    assert!(in_docs >= 30, "only {in_docs} citations in docs: are they still written like this?");
    for (key, place) in &citations {
        assert!(entries.contains(key.as_str()), "{place} cites {key}, which has no entry");
    }
    let cited = citations.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(entries.difference(&cited).collect::<Vec<_>>(), Vec::<&&str>::new(), "nothing cites them");
}

/// What README and title page show first and say of it is what the program printed.
#[test]
fn the_story_shown_first_is_one_that_the_default_run_told() {
    let kept = fs::read_to_string(root().join("programs/mini-gpt/default_run.txt")).unwrap();
    for name in ["README.md", "book/src/title.md"] {
        let text = fs::read_to_string(root().join(name)).unwrap();
        let after = text.lines().skip_while(|line| !line.contains("(temperature 0.5)"));
        let quoted =
            after.skip_while(|line| !line.starts_with('>')).take_while(|line| line.starts_with('>'));
        let paragraphs = quoted.map(|line| line[1..].trim()).filter(|line| !line.is_empty());
        let story = paragraphs.collect::<Vec<_>>().join("\n");
        assert!(story.len() > 500, "{name} quotes no story, but {story:?}");
        assert!(kept.contains(&format!("\n\n{story}\n\n")), "{name} quotes what was not told:\n{story}");
        assert!(text.to_lowercase().contains("six of the eight stories"), "{name}");
        assert!(kept.contains("\n6 of the 8 could have been told by the grammar"), "{name}");
    }
}

/// Words in bold that are no terms, with their pages.
const EMPHASIS: [(&str, &str); 1] = [("attention", "unknown words")];

/// The words in bold of a page's text, in small letters: not those that name exercises or head a
/// question or a misconception.
fn bold(page: &str) -> BTreeSet<String> {
    let is_text =
        |line: &&str| line.split_once(". **").is_none_or(|(number, _)| number.parse::<u8>().is_err());
    let mut text = String::new();
    for (i, part) in page.split("```").enumerate() {
        if i % 2 == 0 {
            text += &part.lines().filter(is_text).collect::<Vec<_>>().join("\n");
        }
    }
    let words = text.split("**").skip(1).step_by(2).map(str::to_lowercase);
    words.filter(|word| !word.ends_with(['.', '?', '!', '"'])).collect()
}

/// Whether `term` is one of the names in the first column, or a part of one made of whole words.
fn is_explained(term: &str, names: &[String]) -> bool {
    let singular = term.trim_end_matches('s');
    names
        .iter()
        .any(|name| [term, singular].iter().any(|term| format!(" {name} ").contains(&format!(" {term} "))))
}

#[test]
fn every_term_that_a_page_sets_in_bold_is_in_the_glossary() {
    let pages = pages();
    let glossary = pages.iter().find(|page| page.name == "glossary").unwrap();
    let rows = glossary.text.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    let names: Vec<String> =
        rows.flat_map(|row| row.split(['(', ')', ','])).map(|name| name.trim().to_lowercase()).collect();
    let (mut missing, mut found) = (Vec::new(), 0);
    for page in finished().iter().flat_map(|chapter| pages_of(&chapter.name, &pages)) {
        for term in bold(&page.text) {
            found += 1;
            if !is_explained(&term, &names) && !EMPHASIS.contains(&(page.name.as_str(), term.as_str())) {
                missing.push(format!("{}: {term}", page.name));
            }
        }
    }
    assert!(missing.is_empty(), "in bold, but not in the glossary:\n{}", missing.join("\n"));
    assert!(found > 80, "only {found} terms in bold: are they still written like this?");
}

#[test]
fn a_term_in_bold_is_told_from_an_exercise_and_from_a_heading() {
    let page = "> **Predict.** A **Weight** and\n**gates**.\n1. **nor** ★\n```rust\na ** b ** c\n```\n**Misconception: \"no.\"**";
    assert_eq!(bold(page), BTreeSet::from(["gates".to_owned(), "weight".to_owned()]));
    let names = ["weight".to_owned(), "forget gate".to_owned()];
    assert!(is_explained("gates", &names) && is_explained("weight", &names));
    assert!(!is_explained("eight", &names) && !is_explained("gate weight", &names));
}
