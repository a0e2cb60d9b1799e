//! Whether what a command names is there.

use super::cargo::{Cargo, Of};
use super::is_placeholder;
use cargo_metadata::{Metadata, Package, TargetKind};
use std::fs;

/// Commands of which only the name is read here. `x` is ours: `.cargo/config.toml`.
const OTHERS: [&str; 5] = ["fmt", "fuzz", "install", "rustc", "x"];
/// Packages whose programs check by a parser what they are given, and the commands on pages with it.
const PARSED: [&str; 3] = ["gpt2", "mini-gpt", "xtask"];

/// What commands can name.
#[derive(Debug)]
pub struct Workspace(pub Metadata);

impl Workspace {
    /// What is wrong with a command, if anything.
    pub fn fault(&self, words: &[String]) -> Option<String> {
        match Cargo::read(words) {
            Err(error) => Some(error),
            Ok(Cargo::Run(of)) => self.of(&of).or_else(|| self.run(&of)),
            Ok(Cargo::Bench(of)) => self.of(&of).or_else(|| {
                let has_some = |package: &Package| names(package, &TargetKind::Bench).next().is_some();
                let without = self.chosen(&of).into_iter().find(|package| !has_some(package))?;
                (!of.package.is_empty()).then(|| format!("{} has no benchmark", without.name))
            }),
            Ok(
                Cargo::Test(of) | Cargo::Build(of) | Cargo::Check(of) | Cargo::Doc(of) | Cargo::Clippy(of),
            ) => self.of(&of),
            Ok(Cargo::Other(words)) => {
                let name = &words[0];
                let known = OTHERS.contains(&name.as_str()) || is_placeholder(name);
                (!known).then(|| format!("there is no `cargo {name}`"))
            }
        }
    }

    /// The packages that are named; all if none is, or if one stands for any.
    fn chosen(&self, of: &Of) -> Vec<&Package> {
        let any = of.package.is_empty() || of.package.iter().any(|name| is_placeholder(name));
        let packages = self.0.packages.iter();
        packages.filter(|package| any || of.package.iter().any(|name| *package.name == *name)).collect()
    }

    /// What is named and not there.
    fn of(&self, of: &Of) -> Option<String> {
        let packages = self.chosen(of);
        let package = |name: &str| self.0.packages.iter().any(|package| *package.name == *name);
        let target = |kind: TargetKind, name: &str| {
            packages.iter().any(|package| names(package, &kind).any(|known| known == name))
        };
        let feature = |name: &str| packages.iter().any(|package| package.features.contains_key(name));
        missing("package", &of.package, package)
            .or_else(|| missing("program", &of.bin, |name| target(TargetKind::Bin, name)))
            .or_else(|| missing("example", &of.example, |name| target(TargetKind::Example, name)))
            .or_else(|| missing("test", &of.test, |name| target(TargetKind::Test, name)))
            .or_else(|| missing("benchmark", &of.bench, |name| target(TargetKind::Bench, name)))
            .or_else(|| missing("feature", &of.features, feature))
    }

    /// What is wrong with starting a program: cargo must know which, and the words of an experiment,
    /// which has no parser, stand in its source.
    fn run(&self, of: &Of) -> Option<String> {
        if !of.example.is_empty()
            || !of.bin.is_empty()
            || of.package.iter().any(|name| is_placeholder(name))
        {
            return None;
        }
        let packages = self.chosen(of);
        let programs = packages.iter().flat_map(|package| names(package, &TargetKind::Bin)).count();
        let [package] = packages[..] else {
            return Some("a program needs its package".to_owned());
        };
        if programs != 1 {
            return Some(format!("{} has {programs} programs", package.name));
        }
        if PARSED.contains(&package.name.as_str()) {
            return None;
        }
        let main = package.manifest_path.parent()?.join("src/main.rs");
        let source = fs::read_to_string(main).unwrap_or_default();
        let strange = of
            .words
            .iter()
            .find(|word| !is_placeholder(word) && !source.contains(&format!("\"{word}\"")))?;
        Some(format!("{} does not know the word {strange}", package.name))
    }
}

/// The first of the names that is not there.
fn missing(what: &str, named: &[String], is_there: impl Fn(&str) -> bool) -> Option<String> {
    let name = named.iter().find(|name| !is_placeholder(name) && !is_there(name))?;
    Some(format!("there is no {what} {name}"))
}

/// The names of a package's targets of one kind.
fn names<'a>(package: &'a Package, kind: &'a TargetKind) -> impl Iterator<Item = &'a String> {
    package.targets.iter().filter(|target| target.kind.contains(kind)).map(|target| &target.name)
}
