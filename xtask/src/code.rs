//! The chapters' files as pages of the built book: whoever reads a listing online can see all of
//! the file that it comes from.

use crate::chapters::chapters;
use crate::run::root;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Writes `code/<path>.html` into the built book for every file of the crates and their examples,
/// and turns the paths above the listings into links. Figures link to the same places
/// ([`Diagram::link`](../tensors/plot/struct.Diagram.html)).
pub fn write(book: &Path) -> Result<()> {
    let files = files()?;
    for file in &files {
        let target = book.join("code").join(format!("{file}.html"));
        fs::create_dir_all(target.parent().context("a file lies in a folder")?)?;
        fs::write(target, page(book, file, &fs::read_to_string(root().join(file))?)?)?;
    }
    for entry in fs::read_dir(book)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "html") {
            let html = fs::read_to_string(&path)?;
            fs::write(&path, with_links(&html, &files))?;
        }
    }
    Ok(())
}

/// Rust files of libraries, experiments and examples, relative to the root.
fn files() -> Result<Vec<String>> {
    let mut files = Vec::new();
    for chapter in chapters()? {
        let mut folders: Vec<PathBuf> = ["src", "examples"].map(|name| chapter.folder.join(name)).into();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten() {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "rs") {
                    let place: PathBuf =
                        path.iter().skip_while(|part| part.to_string_lossy() != "chapters").collect();
                    files.push(place.to_string_lossy().into_owned());
                }
            }
        }
    }
    files.sort();
    Ok(files)
}

/// `<p class="listing">path</p>` with a link, where the path is that of a file.
fn with_links(html: &str, files: &[String]) -> String {
    files.iter().fold(html.to_owned(), |html, file| {
        html.replace(
            &format!("<p class=\"listing\">{file}</p>"),
            &format!("<p class=\"listing\"><a href=\"code/{file}.html\">{file}</a></p>"),
        )
    })
}

/// A page with the text of a file, coloured by the highlighter that mdbook puts into every book.
fn page(book: &Path, file: &str, text: &str) -> Result<String> {
    let back = "../".repeat(file.split('/').count());
    let named = |beginning: &str, ending: &str| -> Result<String> {
        let names = fs::read_dir(book)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let found = names.into_iter().find(|name| name.starts_with(beginning) && name.ends_with(ending));
        found.with_context(|| format!("the built book has no {beginning}…{ending}"))
    };
    let (light, dark) = (named("highlight", ".css")?, named("tomorrow-night", ".css")?);
    let script = named("highlight", ".js")?;
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{file}</title>\n\
         <link rel=\"stylesheet\" href=\"{back}{light}\" media=\"(prefers-color-scheme: light)\">\n\
         <link rel=\"stylesheet\" href=\"{back}{dark}\" media=\"(prefers-color-scheme: dark)\">\n\
         <style>:root{{color-scheme:light dark}}body{{font-family:sans-serif;margin:1em auto;max-width:62em;padding:0 1em}}\
         code{{font-size:0.85em}}</style>\n</head>\n<body>\n\
         <p><a href=\"{back}index.html\">From Neurons to Transformers</a> · {file}</p>\n\
         <pre><code class=\"language-rust\">{text}</code></pre>\n\
         <script src=\"{back}{script}\"></script>\n<script>hljs.highlightAll();</script>\n</body>\n</html>\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_above_a_listing_becomes_a_link() {
        let file = "chapters/01-neurons/src/lib.rs".to_owned();
        let html = format!("<p class=\"listing\">{file}</p><p class=\"listing\">{file}, then more</p>");
        let linked = with_links(&html, std::slice::from_ref(&file));
        assert!(linked.contains("<a href=\"code/chapters/01-neurons/src/lib.rs.html\">"));
        assert_eq!(linked.matches("<a ").count(), 1);
    }
}
