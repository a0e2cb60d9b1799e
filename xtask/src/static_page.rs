//! Pages beside the book's own: the files of the crates and the notebooks.
//!
//! They are written under `book/src`, from where mdBook copies them: so they are in the book whoever
//! builds or serves it. Git ignores them there, and so does mdBook's watcher.

use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The book's name, for titles.
const BOOK: &str = "From Neurons to Transformers";

/// What a page says.
pub struct StaticPage<'a> {
    /// The page's title.
    pub title: &'a str,
    /// What search engines and previews show.
    pub description: &'a str,
    /// Way to the book's root: `../../`.
    pub root: &'a str,
    /// What stands in front of the title in the line above the page: links.
    pub way: &'a str,
    /// Its HTML.
    pub body: &'a str,
}

/// Before anything is painted, the theme that the reader has chosen in the book. Without a choice or
/// a script the style sheet asks the system.
const THEME: &str = "try{const theme=localStorage.getItem('mdbook-theme');\
                     if(theme)document.documentElement.dataset.theme=theme}catch{}";

impl StaticPage<'_> {
    /// The whole page. All its links are relative, so that the book may lie under any address.
    pub fn html(&self) -> String {
        let Self { root, way, body, .. } = self;
        let (title, description) = (escape(self.title), escape(self.description));
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title} – {BOOK}</title>\n<meta name=\"description\" content=\"{description}\">\n\
             <link rel=\"icon\" href=\"data:,\">\n<script>{THEME}</script>\n<link rel=\"stylesheet\" href=\"{root}theme/static.css\">\n\
             </head>\n<body>\n<header>\n<nav aria-label=\"The way back\">\n\
             <a href=\"{root}index.html\">{BOOK}</a>{way}\n</nav>\n</header>\n<main>\n{body}</main>\n</body>\n</html>\n"
        )
    }
}

/// A folder all of whose files are generated.
pub struct Generated {
    folder: PathBuf,
    written: BTreeSet<PathBuf>,
}

impl Generated {
    /// The folder, which need not exist.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, written: BTreeSet::new() }
    }

    /// Writes a file, if it is not there just so: what is untouched makes no watcher build again.
    pub fn write(&mut self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> Result<()> {
        let path = self.folder.join(path);
        if fs::read(&path).ok().as_deref() != Some(bytes.as_ref()) {
            let place = path.parent().context("a file lies in a folder")?;
            fs::create_dir_all(place).with_context(|| format!("cannot make {}", place.display()))?;
            fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        }
        self.written.insert(path);
        Ok(())
    }

    /// Removes what was generated once and no longer is.
    pub fn finish(self) -> Result<()> {
        let mut folders = vec![self.folder];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten() {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if !self.written.contains(&path) {
                    fs::remove_file(&path)?;
                }
            }
            // Fails, as it should, where something is left.
            fs::remove_dir(&folder).ok();
        }
        Ok(())
    }
}

/// Text in which HTML sees no tags.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::highlight::CLASS_NAMES;
    use crate::run::root;
    use regex::Regex;
    use std::collections::HashMap;

    /// The relative luminance of `#rrggbb`, as WCAG defines it.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        let linear = |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
        0.2126 * linear(part(1)) + 0.7152 * linear(part(3)) + 0.0722 * linear(part(5))
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_colour_is_legible_in_every_theme() {
        let css = fs::read_to_string(root().join("book/src/theme/static.css")).unwrap();
        let pair = Regex::new(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\)").unwrap();
        let own = Regex::new(r"--(\w+): (#\w{6})").unwrap();
        for theme in ["light", "rust", "coal", "navy", "ayu"] {
            let rule = css.lines().find(|line| line.contains(&format!("[data-theme=\"{theme}\"]")));
            let rule = rule.unwrap_or_else(|| panic!("nothing is said about {theme}"));
            let side = if rule.contains("color-scheme: dark") { 3 } else { 2 };
            let both = pair.captures_iter(&css).map(|found| (found[1].to_owned(), found[side].to_owned()));
            let mut colours: HashMap<_, _> = both.collect();
            colours.extend(own.captures_iter(rule).map(|found| (found[1].to_owned(), found[2].to_owned())));
            let classes = CLASS_NAMES.iter().map(|(_, class)| *class).filter(|class| !class.is_empty());
            for text in classes.chain(["ink", "link"]) {
                for ground in ["ground", "mark"] {
                    let contrast = contrast(&colours[text], &colours[ground]);
                    assert!(
                        contrast >= 4.5,
                        "{theme}: {text} on {ground} has a contrast of {contrast:.2}, not 4.5"
                    );
                }
            }
        }
    }

    #[test]
    fn a_page_works_under_any_address_and_says_what_it_is() {
        let page = StaticPage {
            title: "a < b",
            description: "\"d\"",
            root: "../../",
            way: "",
            body: "<h1>a</h1>\n",
        };
        let html = page.html();
        assert!(
            html.contains("<title>a &lt; b – ") && html.contains("content=\"&quot;d&quot;\""),
            "{html}"
        );
        assert!(
            html.contains("href=\"../../theme/static.css\"") && html.contains("href=\"../../index.html\"")
        );
        assert!(html.contains("<html lang=\"en\">") && html.contains("<main>"), "{html}");
        assert!(!html.contains("href=\"/") && !html.contains("http"), "{html}");
    }

    #[test]
    fn what_is_unchanged_is_not_written_and_what_is_stale_goes() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("code");
        let write = |files: &[(&str, &str)]| {
            let mut generated = Generated::new(folder.clone());
            for (path, text) in files {
                generated.write(path, text).unwrap();
            }
            generated.finish().unwrap();
        };
        write(&[("a/one.html", "1"), ("b/two.html", "2")]);
        let time = || fs::metadata(folder.join("a/one.html")).unwrap().modified().unwrap();
        let before = time();
        std::thread::sleep(std::time::Duration::from_millis(20));
        write(&[("a/one.html", "1")]);
        assert_eq!(time(), before);
        assert!(!folder.join("b/two.html").exists());
        write(&[("a/one.html", "other")]);
        assert!(time() > before);
        assert_eq!(fs::read_to_string(folder.join("a/one.html")).unwrap(), "other");
    }
}
