//! The book's own preprocessor: mdBook hands it the pages as they are written, and gets them back
//! with links into the code. On the way it writes the pages of the crates' files and of the notebooks.
//!
//! `book/book.toml` names the command, so `mdbook build book` and `mdbook serve book` run it too.

use crate::chapters::{Chapter, finished};
use crate::misconceptions::Page;
use crate::run::root;
use crate::{code_pages, listings, markup, misconceptions, notebook_pages};
use anyhow::{Result, ensure};
use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_preprocessor::parse_input;
use std::collections::HashMap;
use std::path::Path;

/// Reads the book from the standard input and writes it to the standard output; or answers the
/// question `supports <renderer>`.
pub fn preprocess(question: &[String]) -> Result<()> {
    if let [_, renderer] = question {
        ensure!(renderer == "html", "the pages are made for the renderer html, not for {renderer}");
        return Ok(());
    }
    let (context, book) = parse_input(std::io::stdin())?;
    let book = transform(book, &root().join("book").join(&context.config.book.src))?;
    Ok(serde_json::to_writer(std::io::stdout(), &book)?)
}

/// The book with its links; `src` is the folder whose files mdBook copies.
fn transform(mut book: Book, src: &Path) -> Result<Book> {
    let chapters = finished();
    let written = book.clone();
    let pages: Vec<_> = written.iter().filter_map(page).collect();
    let (mut shown, mut homes, mut names, mut fault) = (Vec::new(), HashMap::new(), HashMap::new(), None);
    book.for_each_mut(|item| {
        let BookItem::Chapter(page) = item else { return };
        let Some(path) = &page.path else { return };
        let stem = stem(path);
        names.insert(stem.clone(), page.name.clone());
        match linked(&page.content, &stem, &page.name, &chapters, &pages) {
            Ok(Linked { text, shown: parts, exercises }) => {
                page.content = text;
                shown.extend(parts);
                homes.extend(exercises.into_iter().map(|file| (file, stem.clone())));
            }
            Err(error) => fault = Some(error),
        }
    });
    if let Some(fault) = fault {
        return Err(fault);
    }
    code_pages::write(src, &chapters, &names, &homes, &shown)?;
    notebook_pages::write(src, &chapters, &names)?;
    Ok(book)
}

/// A page's file without its ending.
fn stem(path: &Path) -> String {
    path.with_extension("").to_string_lossy().into_owned()
}

/// A page as it is written, if the item is one.
fn page(item: &BookItem) -> Option<Page<'_>> {
    let BookItem::Chapter(page) = item else { return None };
    Some(Page { stem: stem(page.path.as_ref()?), name: &page.name, text: &page.content })
}

/// A page with its links.
struct Linked {
    text: String,
    /// What it shows of the crates.
    shown: Vec<listings::Shown>,
    /// The starters of its exercises, from the root.
    exercises: Vec<String>,
}

/// One page, linked.
fn linked(text: &str, stem: &str, name: &str, chapters: &[Chapter], pages: &[Page]) -> Result<Linked> {
    let root = root();
    let text: &str = match stem {
        "misconceptions" => &misconceptions::listed(text, pages)?,
        _ => text,
    };
    let mut text = markup::figures(&markup::notebooks(&misconceptions::boxes(text), &root)?);
    let mut exercises = Vec::new();
    if let Some(chapter) = chapters.iter().find(|chapter| checks::is_page_of(stem, &chapter.name)) {
        (text, exercises) = markup::exercises(&text, &chapter.name, &chapter.place(), &root)?;
    }
    if stem == "bibliography" {
        text = markup::references(&text);
    }
    let text = markup::names_in_tables(&markup::options(&markup::formulas(&text)));
    let (text, shown) = listings::link(&text, &format!("{stem}.html"), name)?;
    Ok(Linked { text, shown, exercises })
}
