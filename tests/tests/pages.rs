//! Pages agree with the crates.

use checks::{files, finished, pages, root};
use std::collections::BTreeSet;
use std::fs;

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

#[test]
fn every_figure_shown_exists_and_every_figure_written_is_shown() {
    let shown: BTreeSet<String> = pages()
        .iter()
        .flat_map(checks::Page::includes)
        .filter(|(path, _)| path.extension().is_some_and(|e| e == "svg"))
        .map(|(path, _)| path.to_string_lossy().into_owned())
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
        for loads in ["src=\"http", "src=\"//", "url(http", "url(//", "@import", "<link", "<script"] {
            assert!(!text.contains(loads), "{name} contains {loads}");
        }
        assert!(
            !text.contains("](http") || !text.contains("!["),
            "{name} may show an image from the network"
        );
    }
}

#[test]
fn figures_tell_what_they_show() {
    for page in pages() {
        for figure in page.text.split("<figure>").skip(1) {
            let figure = figure.split("</figure>").next().unwrap_or_default();
            let caption = figure.split("<figcaption>").nth(1).unwrap_or_default();
            assert!(caption.len() > 80, "{}: a figure without a caption that says what to see", page.name);
        }
    }
}

#[test]
fn every_finished_chapter_has_its_page_notebook_exercises_and_solutions() {
    let chapters = finished();
    assert!(chapters.len() >= 2);
    for chapter in chapters {
        let folder = chapter.folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(root().join("notebooks").join(format!("{folder}.ipynb")).exists(), "no notebook {folder}");
        let names = |part: &str| -> BTreeSet<_> {
            files(&chapter.folder.join(part)).iter().filter_map(|f| Some(f.file_name()?.to_owned())).collect()
        };
        let exercises = names("exercises");
        assert!(exercises.len() >= 3, "{folder} has {} exercises", exercises.len());
        assert_eq!(exercises, names("solutions"), "{folder}");
        let judge = fs::read_to_string(chapter.folder.join("tests/exercises.rs")).unwrap();
        let page = pages().into_iter().find(|page| page.name == chapter.name).unwrap();
        for exercise in exercises {
            let name = exercise.to_string_lossy().replace(".rs", "");
            assert!(judge.contains(&format!("fn {name}()")), "nothing judges {folder}/{name}");
            assert!(page.text.contains(&format!("**{name}**")), "the page does not mention {name}");
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
    let slug = |heading: &str| heading.to_lowercase().replace(' ', "-");
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

/// The key of each entry of the bibliography, as `kingma2015`.
fn bibliography() -> Vec<String> {
    let text = fs::read_to_string(root().join("book/src/bibliography.md")).unwrap();
    text.split("<a id=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[test]
fn the_bibliography_holds_what_pages_cite_and_nothing_else() {
    let entries = bibliography();
    let mut sorted = entries.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(entries, sorted, "the entries are not in order, or one stands twice");
    let mut cited = BTreeSet::new();
    for page in pages() {
        for link in page.text.split("(bibliography.md#").skip(1) {
            let key = link.split(')').next().unwrap().to_owned();
            assert!(entries.contains(&key), "{} cites {key}, which has no entry", page.name);
            cited.insert(key);
        }
    }
    let uncited: Vec<_> = entries.into_iter().filter(|entry| !cited.contains(entry)).collect();
    assert!(uncited.is_empty(), "no page cites {uncited:?}");
}

#[test]
fn what_the_docs_of_the_crates_cite_is_in_the_bibliography() {
    // "(Kingma & Ba 2015)", "(Ba et al. 2016; Xiong et al. 2020)": the first name and the year are the key.
    let year = |word: &str| {
        word.len() >= 4
            && word.is_char_boundary(4)
            && word[..4].parse().is_ok_and(|y: u32| (1900..2100).contains(&y))
    };
    let entries = bibliography();
    let mut found = 0;
    for chapter in finished() {
        for file in files(&chapter.folder.join("src")) {
            let text = fs::read_to_string(&file).unwrap();
            for line in text.lines().filter(|line| line.trim_start().starts_with("//")) {
                for citation in
                    line.split(['(', ';']).skip(1).map(|rest| rest.split([')', ';']).next().unwrap().trim())
                {
                    let words: Vec<_> = citation.split(' ').collect();
                    let Some(at) = words.iter().position(|word| year(word)) else { continue };
                    let author = words[0].trim_end_matches(',');
                    let names = words[..at]
                        .iter()
                        .all(|w| ["&", "et", "al."].contains(w) || w.starts_with(char::is_uppercase));
                    if at == 0 || !names {
                        continue;
                    }
                    let key = format!("{}{}", author.to_lowercase(), words[at].trim_end_matches(','));
                    assert!(
                        entries.contains(&key),
                        "{} cites {citation}, which has no entry",
                        file.display()
                    );
                    found += 1;
                }
            }
        }
    }
    assert!(found >= 30, "only {found} citations: are they still written like this?");
}
