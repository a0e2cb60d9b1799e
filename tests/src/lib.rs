//! What the checks look at: pages, chapters, notebooks, commands.

pub mod commands;
pub mod examples;
pub mod notebook;

use cargo_metadata::{Metadata, MetadataCommand, Package, TargetKind};
use std::fs;
use std::path::{Path, PathBuf};

/// The root of the workspace.
pub fn root() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), ".."].iter().collect()
}

/// The workspace as cargo sees it.
pub fn metadata() -> Metadata {
    described(MetadataCommand::new().no_deps())
}

/// The same, with everything that its packages are built from.
pub fn resolved() -> Metadata {
    described(&mut MetadataCommand::new())
}

fn described(command: &mut MetadataCommand) -> Metadata {
    let command = command.manifest_path(root().join("Cargo.toml"));
    command.exec().expect("cargo describes the workspace that runs this")
}

/// A chapter's crate.
#[derive(Debug)]
pub struct Chapter {
    /// What its first page is called, and its folder after the number: `tensors`.
    pub name: String,
    /// Its package, mostly of the same name.
    pub package: String,
    /// The folder's number: 0 for `00-tensors`.
    pub number: usize,
    /// The folder.
    pub folder: PathBuf,
    /// Names of its examples.
    pub examples: Vec<String>,
    /// Names of workspace packages that it depends on, tests included.
    pub dependencies: Vec<String>,
}

impl Chapter {
    /// The folder from the root: `chapters/00-tensors`.
    pub fn folder_from_root(&self) -> PathBuf {
        Path::new("chapters").join(self.folder.file_name().unwrap_or_default())
    }
}

/// Whether a page belongs to a chapter, both by their names: the first page has the chapter's, and further
/// ones begin with it and a dash, as `scaling-bits` of `scaling`.
pub fn is_page_of(page: &str, chapter: &str) -> bool {
    page.strip_prefix(chapter).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// The pages of a chapter among all, the first one first.
pub fn pages_of<'a>(chapter: &str, all: &'a [Page]) -> Vec<&'a Page> {
    let mut own: Vec<&Page> = all.iter().filter(|page| is_page_of(&page.name, chapter)).collect();
    own.sort_by_key(|page| page.name != chapter);
    own
}

/// All chapters in order.
pub fn chapters() -> Vec<Chapter> {
    let chapter = |package: &Package| {
        let folder = package.manifest_path.parent()?.as_std_path().to_owned();
        let (number, name) = folder.file_name()?.to_str()?.split_once('-')?;
        let (number, name) = (number.parse().ok()?, name.to_owned());
        let examples = package.targets.iter().filter(|target| target.kind.contains(&TargetKind::Example));
        Some(Chapter {
            name,
            package: package.name.to_string(),
            number,
            folder,
            examples: examples.map(|target| target.name.clone()).collect(),
            dependencies: package
                .dependencies
                .iter()
                .filter(|d| d.path.is_some())
                .map(|d| d.name.clone())
                .collect(),
        })
    };
    let mut chapters: Vec<Chapter> = metadata().packages.iter().filter_map(chapter).collect();
    chapters.sort_by_key(|chapter| chapter.number);
    chapters
}

/// A page of the book.
#[derive(Debug)]
pub struct Page {
    /// File name without its ending: `tensors`.
    pub name: String,
    /// The Markdown text.
    pub text: String,
}

impl Page {
    /// The paths that the page includes, relative to the root, with what follows the colon.
    pub fn includes(&self) -> Vec<(PathBuf, Option<String>)> {
        let after = self.text.split("{{#include ").skip(1);
        let inside = after.filter_map(|rest| rest.split("}}").next());
        inside
            .map(|include| {
                let (path, anchor) =
                    include.split_once(':').map_or((include, None), |(p, a)| (p, Some(a.to_owned())));
                (normal(&Path::new("book/src").join(path.trim())), anchor)
            })
            .collect()
    }

    /// The code blocks: their first line's tag and their text.
    pub fn code_blocks(&self) -> Vec<(String, String)> {
        let mut blocks = Vec::new();
        let mut open: Option<(String, String)> = None;
        for line in self.text.lines() {
            match (line.trim_start().strip_prefix("```"), open.as_mut()) {
                (Some(tag), None) => open = Some((tag.to_owned(), String::new())),
                (Some(_), Some(_)) => blocks.extend(open.take()),
                (None, Some((_, text))) => text.extend([line, "\n"]),
                (None, None) => {}
            }
        }
        blocks
    }
}

/// All pages.
pub fn pages() -> Vec<Page> {
    let page = |path: PathBuf| {
        let name = path.file_stem()?.to_str()?.to_owned();
        let text = fs::read_to_string(&path).ok()?;
        path.extension().is_some_and(|e| e == "md").then_some(Page { name, text })
    };
    let mut pages: Vec<Page> = files(&root().join("book/src")).into_iter().filter_map(page).collect();
    pages.sort_by(|a, b| a.name.cmp(&b.name));
    pages
}

/// Chapters that are finished: those whose first page exists.
pub fn finished() -> Vec<Chapter> {
    let pages = pages();
    chapters().into_iter().filter(|chapter| pages.iter().any(|page| page.name == chapter.name)).collect()
}

/// The files directly in `folder`, sorted; none if there is no such folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// All Rust files below `folder`, sorted.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut paths: Vec<PathBuf> = entries.collect();
    paths.sort();
    let below = |path: PathBuf| match path.extension() {
        None => rust_files(&path),
        Some(end) if end == "rs" => vec![path],
        Some(_) => Vec::new(),
    };
    paths.into_iter().flat_map(below).collect()
}

/// The text of all Rust files below `folder`, one after the other.
pub fn sources(folder: &Path) -> String {
    rust_files(folder).into_iter().map(|path| fs::read_to_string(path).unwrap_or_default()).collect()
}

/// `a/b/../c` as `a/c`.
fn normal(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut path, part| {
        match part {
            std::path::Component::ParentDir => drop(path.pop()),
            part => path.push(part),
        }
        path
    })
}
