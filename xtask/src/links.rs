//! The links of the built book: every page, file and anchor exists, and nothing is loaded from the
//! network.

use anyhow::{Result, ensure};
use scraper::{Html, Selector};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// What a page refers to, and what can be referred to in it.
struct Page {
    links: Vec<String>,
    loads: Vec<String>,
    anchors: HashSet<String>,
}

/// Checks every HTML page under `folder`.
pub fn check(folder: &Path) -> Result<()> {
    let mut pages = HashMap::new();
    for path in html_files(folder)? {
        pages.insert(path.clone(), read(&std::fs::read_to_string(&path)?));
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

fn html_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(html_files(&path)?);
        } else if path.extension().is_some_and(|e| e == "html") {
            files.push(path);
        }
    }
    Ok(files)
}
