//! The links of the built book: every page, file and anchor exists, and nothing is loaded from the
//! network. Style sheets are read too: fonts stand only there.

use anyhow::{Result, ensure};
use regex::Regex;
use scraper::{Html, Selector};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// What a page refers to, and what can be referred to in it.
struct Page {
    links: Vec<String>,
    loads: Vec<String>,
    anchors: HashSet<String>,
}

/// Checks every HTML page and every style sheet under `folder`.
pub fn check(folder: &Path) -> Result<()> {
    let mut pages = HashMap::new();
    for path in html_files(folder)? {
        pages.insert(path.clone(), read(&std::fs::read_to_string(&path)?));
    }
    for path in files(folder, "css")? {
        let loads = style_loads(&std::fs::read_to_string(&path)?);
        pages.insert(path, Page { links: Vec::new(), loads, anchors: HashSet::new() });
    }
    let mut faults = Vec::new();
    for (path, page) in &pages {
        let place = path.strip_prefix(folder).unwrap_or(path).display();
        for load in page.loads.iter().filter(|load| is_remote(load)) {
            faults.push(format!("{place} loads {load} from the network"));
        }
        // The page that is shown for unknown addresses is made to be served from the root of a
        // site.
        if path.ends_with("404.html") {
            continue;
        }
        for link in
            page.links.iter().chain(&page.loads).filter(|link| !is_remote(link) && !link.contains(':'))
        {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let file = file.split('?').next().unwrap_or(file);
            let target =
                if file.is_empty() { path.clone() } else { normal(&path.with_file_name("").join(file)) };
            if !target.exists() {
                faults.push(format!("{place} links to {link}, which does not exist"));
            } else if pages
                .get(&target)
                .is_some_and(|there| !anchor.is_empty() && !there.anchors.contains(anchor))
            {
                faults.push(format!("{place} links to {link}, but there is no such anchor"));
            }
        }
    }
    faults.sort();
    ensure!(faults.is_empty(), "{} broken links:\n{}", faults.len(), faults.join("\n"));
    println!(
        "{} pages, {} links: all good.",
        pages.len(),
        pages.values().map(|page| page.links.len()).sum::<usize>()
    );
    Ok(())
}

fn read(html: &str) -> Page {
    let html = Html::parse_document(html);
    let all = |css: &str, attribute: &str| -> Vec<String> {
        let selector = Selector::parse(css).expect("the selectors of this file are well formed");
        html.select(&selector)
            .filter_map(|element| element.value().attr(attribute))
            .map(str::to_owned)
            .collect()
    };
    let mut loads = all("script[src], img[src], iframe[src], source[src], video[src]", "src");
    loads.extend(all("link[rel~=stylesheet], link[rel~=icon], link[rel~=preload]", "href"));
    Page { links: all("a[href]", "href"), loads, anchors: all("[id]", "id").into_iter().collect() }
}

/// What a style sheet loads. A picture may stand in the sheet itself (`data:`), a part of the page
/// may be meant (`#`).
fn style_loads(css: &str) -> Vec<String> {
    let url = Regex::new(r#"url\(\s*["']?([^"')\s]+)|@import\s+["']([^"']+)"#).expect("well formed");
    let loads = url.captures_iter(css).filter_map(|found| found.get(1).or(found.get(2)));
    loads.map(|load| load.as_str().to_owned()).filter(|load| !load.starts_with('#')).collect()
}

fn is_remote(link: &str) -> bool {
    link.starts_with("http:") || link.starts_with("https:") || link.starts_with("//")
}

/// `a/b/../c` as `a/c`.
fn normal(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut path, part| {
        match part {
            std::path::Component::ParentDir => drop(path.pop()),
            std::path::Component::CurDir => {}
            part => path.push(part),
        }
        path
    })
}

/// The pages under a folder.
pub fn html_files(folder: &Path) -> Result<Vec<PathBuf>> {
    files(folder, "html")
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, ending)?);
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong in a site of these files.
    fn faults(files: &[(&str, &str)]) -> String {
        let site = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = site.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        check(site.path()).map_or_else(|error| error.to_string(), |()| String::new())
    }

    #[test]
    fn a_font_that_a_style_sheet_names_must_be_there() {
        let css =
            ("theme/a.css", "@font-face{src:url(fonts/A.woff2) format('woff2'),url( \"fonts/B.woff2\" )}");
        let found = faults(&[css, ("theme/fonts/A.woff2", "")]);
        assert!(
            found.contains("fonts/B.woff2, which does not exist") && !found.contains("A.woff2"),
            "{found}"
        );
        assert_eq!(faults(&[css, ("theme/fonts/A.woff2", ""), ("theme/fonts/B.woff2", "")]), "");
    }

    #[test]
    fn a_style_sheet_loads_nothing_from_the_network() {
        for css in ["a{background:url('https://example.org/a.png')}", "@import \"//example.org/a.css\";"] {
            assert!(faults(&[("a.css", css)]).contains("from the network"), "{css}");
        }
        assert_eq!(faults(&[("a.css", "a{background:url(data:image/png;base64,AA==);fill:url(#b)}")]), "");
    }

    #[test]
    fn pages_in_folders_are_checked_too() {
        let found = faults(&[("code/a.html", "<a href=\"../b.html#c\">b</a>"), ("b.html", "<p id=\"d\">")]);
        assert!(found.contains("code/a.html links to ../b.html#c, but there is no such anchor"), "{found}");
    }
}
