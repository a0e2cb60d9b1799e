//! The order of the chapters.

use checks::{chapters, metadata};

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
fn nothing_is_published_by_accident_and_versions_are_set_once() {
    for package in metadata().packages {
        assert_eq!(package.publish.as_deref(), Some([].as_slice()), "{} could be published", package.name);
    }
}
