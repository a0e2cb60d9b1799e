//! The order of the chapters, in crates and on pages, and that programs stand on top of them.

use cargo_metadata::{DependencyKind, PackageId};
use checks::{chapters, is_page_of, metadata, pages, resolved, rust_files};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

#[test]
fn dependencies_point_backwards_only() {
    let chapters = chapters();
    for chapter in &chapters {
        // `figures` draws for all of them.
        for dependency in chapter.dependencies.iter().filter(|name| *name != "figures") {
            let earlier = chapters.iter().find(|c| c.package == *dependency);
            let earlier = earlier
                .unwrap_or_else(|| panic!("{} depends on {dependency}, which is no chapter", chapter.name));
            assert!(
                earlier.number < chapter.number,
                "{} depends on {dependency}, which comes later",
                chapter.name
            );
        }
    }
}

#[test]
fn experiments_draw_and_libraries_do_not() {
    let (mut experiments, mut libraries) = (0, 0);
    for chapter in chapters() {
        let source = chapter.folder.join("src");
        for file in rust_files(&source) {
            let draws = fs::read_to_string(&file).expect("sources are text").contains("figures::");
            if file == source.join("main.rs") || file.starts_with(source.join("experiment")) {
                experiments += usize::from(draws);
            } else {
                assert!(!draws, "{} draws: that is for its experiment", file.display());
                libraries += 1;
            }
        }
    }
    assert!(experiments >= 10 && libraries >= 100, "{experiments} experiments, {libraries} files");
}

#[test]
fn pages_show_files_of_their_own_chapter_or_an_earlier_one() {
    let (chapters, mut shown) = (chapters(), 0);
    for page in pages() {
        let Some(chapter) = chapters.iter().find(|chapter| is_page_of(&page.name, &chapter.name)) else {
            continue;
        };
        for (path, _) in page.includes() {
            let of = chapters.iter().find(|other| path.starts_with(other.folder_from_root()));
            shown += usize::from(of.is_some());
            assert!(
                of.is_none_or(|of| of.number <= chapter.number),
                "the page {} shows {}, a file of a later chapter",
                page.name,
                path.display()
            );
        }
    }
    assert!(shown > 100, "only {shown} files are shown");
}

/// What is for people at a terminal: programs need it, what they are made of does not.
const FOR_PROGRAMS: [&str; 4] = ["clap", "cpu-time", "ctrlc", "indicatif"];

#[test]
fn no_chapter_needs_what_is_for_programs() {
    let (metadata, chapters) = (resolved(), chapters());
    let name = |id: &PackageId| metadata[id].name.to_string();
    let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
    // What each package is built with; what only its tests need is not asked for.
    let needs: BTreeMap<&PackageId, Vec<&PackageId>> = nodes
        .map(|node| {
            let is_built = |kind: DependencyKind| kind != DependencyKind::Development;
            // What an experiment needs is optional, and the library is used without it.
            let of_experiment = |dep: &PackageId| {
                let declared = &metadata[&node.id].dependencies;
                declared.iter().any(|declared| declared.optional && declared.name == name(dep))
                    && chapters.iter().any(|chapter| chapter.package == name(&node.id))
            };
            let needed = node.deps.iter().filter(|dep| {
                dep.dep_kinds.iter().any(|kind| is_built(kind.kind)) && !of_experiment(&dep.pkg)
            });
            (&node.id, needed.map(|dep| &dep.pkg).collect())
        })
        .collect();
    let closure = |package: &PackageId| {
        let (mut found, mut open) = (BTreeSet::new(), vec![package.clone()]);
        while let Some(id) = open.pop() {
            open.extend(needs[&id].iter().filter(|id| found.insert(name(id))).map(|&id| id.clone()));
        }
        found
    };
    let of = |wanted: &str| {
        let package = metadata.packages.iter().find(|package| *package.name == wanted);
        closure(&package.unwrap_or_else(|| panic!("there is no package {wanted}")).id)
    };
    for chapter in &chapters {
        let needed = of(&chapter.package);
        let too_much: Vec<_> = FOR_PROGRAMS.iter().filter(|name| needed.contains(**name)).collect();
        assert!(too_much.is_empty(), "{} needs {too_much:?}", chapter.package);
    }
    let program = of("mini-gpt");
    assert!(FOR_PROGRAMS.iter().all(|name| program.contains(*name)), "a name is wrong: {FOR_PROGRAMS:?}");
}

#[test]
fn a_library_needs_no_more_than_it_uses() {
    let metadata = metadata();
    for chapter in chapters() {
        let files = rust_files(&chapter.folder.join("src"));
        let of_library = files.iter().filter(|file| {
            let mut parts = file.strip_prefix(&chapter.folder).unwrap_or(file).components();
            !parts.any(|part| ["main.rs", "experiment"].map(OsStr::new).contains(&part.as_os_str()))
        });
        // Code, without comments and tests.
        let code = |file: &PathBuf| {
            let text = fs::read_to_string(file).expect("a file of ours");
            let code = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
            code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
        };
        let text: String = of_library.map(code).collect();
        let package = metadata.packages.iter().find(|package| *package.name == chapter.package);
        let needed = package.expect("a chapter is a package").dependencies.iter();
        for needed in needed.filter(|needed| needed.kind == DependencyKind::Normal && !needed.optional) {
            let used = format!("{}::", needed.name.replace('-', "_"));
            assert!(
                text.contains(&used),
                "the library of {} does without {}: if its experiment needs it, it belongs to the feature \"experiment\"",
                chapter.package,
                needed.name
            );
        }
    }
}

#[test]
fn nothing_is_published_by_accident_and_versions_are_set_once() {
    for package in metadata().packages {
        assert_eq!(package.publish.as_deref(), Some([].as_slice()), "{} could be published", package.name);
    }
}
