//! No file of a crate imports from one that imports from it, over however many others: what is read
//! first can be understood first.

mod imports;

use checks::metadata;
use imports::{Module, files, imports};
use std::collections::BTreeMap;
use std::path::Path;

#[test]
fn no_files_of_a_crate_import_each_other_in_a_circle() {
    let mut found = Vec::new();
    let mut read = 0;
    for package in metadata().packages {
        for target in package.targets.iter().filter(|target| target.is_lib() || target.is_bin()) {
            let (files, circle) = circle(target.src_path.as_std_path());
            read += files;
            found.extend(circle.map(|circle| format!("{}, {}: {circle}", package.name, target.name)));
        }
    }
    assert!(read > 200, "only {read} files were read");
    assert!(found.is_empty(), "files that import each other in a circle:\n{}", found.join("\n"));
}

/// How many files a crate has, and a circle among them if there is one: `a → b → a`.
fn circle(root: &Path) -> (usize, Option<String>) {
    let files = files(root);
    let edges: BTreeMap<Module, Vec<Module>> = files
        .keys()
        .map(|module| (module.clone(), imports(&files, module).into_iter().collect()))
        .collect();
    let name = |module: &Module| if module.is_empty() { "the root".to_owned() } else { module.join("::") };
    let names = |way: &[Module]| way.iter().map(name).collect::<Vec<_>>().join(" → ");
    let circle = edges.keys().find_map(|module| way_back(&edges, &mut vec![module.clone()]));
    (files.len(), circle.map(|way| names(&way)))
}

/// The way from the first of `way` over its last back to itself.
fn way_back(edges: &BTreeMap<Module, Vec<Module>>, way: &mut Vec<Module>) -> Option<Vec<Module>> {
    for next in &edges[way.last()?] {
        if *next == way[0] {
            return Some([&way[..], std::slice::from_ref(next)].concat());
        }
        if !way.contains(next) {
            way.push(next.clone());
            if let Some(found) = way_back(edges, way) {
                return Some(found);
            }
            way.pop();
        }
    }
    None
}

/// A crate of these files, and its circle.
fn circle_of(sources: &[(&str, &str)]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in sources {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    circle(&folder.path().join("lib.rs")).1
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    let root = "mod a; mod b; pub use b::B;";
    for (a, b) in [
        ("use crate::b::B;", "use crate::a::A;"),
        ("use super::{b::{self, B}, c::C};", "fn f() { let x = crate::a::A; }"),
        // By the name that the root hands on, in a type, in a macro.
        ("fn f(x: crate::B) {}", "macro_rules! m { () => { $crate::a::A } }"),
        ("pub(crate) fn f() { g!(crate::b::B) }", "pub struct B; use super::a;"),
    ] {
        let found = circle_of(&[("lib.rs", root), ("a.rs", a), ("b.rs", b)]);
        assert_eq!(found.as_deref(), Some("a → b → a"), "{a}\n{b}");
        assert_eq!(circle_of(&[("lib.rs", root), ("a.rs", a), ("b.rs", "")]), None, "{a}");
    }
    let long = [("a.rs", "use crate::b::B;"), ("b.rs", "use crate::c::C;"), ("c.rs", "use crate::a::A;")];
    let found = circle_of(&[&[("lib.rs", "mod a; mod b; mod c;")], &long[..]].concat());
    assert_eq!(found.as_deref(), Some("a → b → c → a"));
    let nested = [("a/mod.rs", "mod c; fn f() { c::g() }"), ("a/c.rs", "use super::X;"), ("b.rs", "")];
    assert_eq!(circle_of(&[&[("lib.rs", root)], &nested[..]].concat()).as_deref(), Some("a → a::c → a"));
}

#[test]
fn what_is_no_circle_is_none() {
    let root = "mod a; mod b; pub use a::A; pub use b::B;";
    for (a, b) in [
        ("use crate::b::B;", "#[cfg(test)] mod tests { use crate::a::A; }"),
        ("use crate::b::B;", "//! [`crate::a::A`]\n// use crate::a::A;\nconst A: &str = \"crate::a::A\";"),
        ("use crate::B;", "use a::A; use other::a::A; fn f() { x.a::<A>() }"),
        ("use crate::B; use crate::A;", ""),
    ] {
        assert_eq!(circle_of(&[("lib.rs", root), ("a.rs", a), ("b.rs", b)]), None, "{a}\n{b}");
    }
    // A parent that hands on what its parts have imports nothing from them.
    let nested = [("a/mod.rs", "mod c; pub use c::C; pub const X: u8 = 1;"), ("a/c.rs", "use super::X;")];
    assert_eq!(circle_of(&[&[("lib.rs", root), ("b.rs", "")], &nested[..]].concat()), None);
}
