//! The chapters of the workspace, as cargo sees them.

use cargo_metadata::TargetKind;
use std::path::PathBuf;

/// One chapter's crate.
pub struct Chapter {
    /// What its first page is called: `tensors`.
    pub name: String,
    /// The package, mostly of the same name.
    pub package: String,
    /// The folder: `…/chapters/00-tensors`.
    pub folder: PathBuf,
    /// The program that is its experiment and writes its figures.
    pub experiment: Option<String>,
}

impl Chapter {
    /// The folder from the root, with slashes on every system: `chapters/00-tensors`.
    pub fn place(&self) -> String {
        format!("chapters/{}", self.folder.file_name().unwrap_or_default().to_string_lossy())
    }
}

/// The chapters that have a page, in order. What a chapter without one holds is on no page.
pub fn finished() -> Vec<Chapter> {
    let finished = checks::finished();
    chapters()
        .into_iter()
        .filter(|chapter| finished.iter().any(|other| other.name == chapter.name))
        .collect()
}

/// All chapters in order.
pub fn chapters() -> Vec<Chapter> {
    let metadata = checks::metadata();
    let mut chapters: Vec<Chapter> = metadata
        .packages
        .iter()
        .filter(|package| package.manifest_path.components().any(|part| part.as_str() == "chapters"))
        .map(|package| {
            let of = |kind: TargetKind| package.targets.iter().filter(move |t| t.kind.contains(&kind));
            let folder = package.manifest_path.parent();
            Chapter {
                name: folder
                    .and_then(|folder| Some(folder.file_name()?.split_once('-')?.1.to_owned()))
                    .unwrap_or_default(),
                package: package.name.to_string(),
                folder: folder.map(|folder| folder.as_std_path().to_owned()).unwrap_or_default(),
                experiment: of(TargetKind::Bin).map(|target| target.name.clone()).next(),
            }
        })
        .collect();
    chapters.sort_by(|a, b| a.folder.cmp(&b.folder));
    chapters
}
