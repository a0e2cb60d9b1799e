//! The chapters of the workspace, as cargo sees them.

use cargo_metadata::TargetKind;
use std::path::PathBuf;

/// One chapter's crate.
pub struct Chapter {
    /// The package: `tensors`.
    pub package: String,
    /// The folder: `…/chapters/00-tensors`.
    pub folder: PathBuf,
    /// The program that is its experiment and writes its figures: the only one, or the one beside a
    /// program of the chapter's own name.
    pub experiment: Option<String>,
}

impl Chapter {
    /// The folder from the root, with slashes on every system: `chapters/00-tensors`.
    pub fn place(&self) -> String {
        format!("chapters/{}", self.folder.file_name().unwrap_or_default().to_string_lossy())
    }
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
            Chapter {
                package: package.name.to_string(),
                folder: package
                    .manifest_path
                    .parent()
                    .map(|p| p.as_std_path().to_owned())
                    .unwrap_or_default(),
                experiment: of(TargetKind::Bin)
                    .map(|target| target.name.clone())
                    .max_by_key(|name| *name != *package.name),
            }
        })
        .collect();
    chapters.sort_by(|a, b| a.folder.cmp(&b.folder));
    chapters
}
