//! Which files of a crate import which, read from their tokens.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A module's place in its crate: `["story", "words"]`; the root is empty.
pub type Module = Vec<String>;

/// What a file says about modules.
#[derive(Debug, Default)]
pub struct File {
    /// The modules that it declares as files of their own.
    children: BTreeSet<String>,
    /// The paths that it names: `["crate", "story", "words", "WORDS"]`.
    paths: Vec<Vec<String>>,
    /// The names that it hands on (`pub use`), and the paths that they stand for.
    reexports: BTreeMap<String, Vec<String>>,
}

/// The files of a crate by their modules, from the file of its root on.
pub fn files(root: &Path) -> BTreeMap<Module, File> {
    let mut files = BTreeMap::new();
    let mut open: Vec<(Module, PathBuf)> = vec![(Vec::new(), root.to_owned())];
    while let Some((module, path)) = open.pop() {
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let file = File::read(&text);
        let stem = path.file_stem().unwrap_or_default();
        let folder = path.parent().unwrap_or(Path::new("."));
        // `lib.rs`, `main.rs` and `mod.rs` have their modules beside them, others in a folder of their name.
        let is_top = module.is_empty() || stem == "mod";
        let folder = if is_top { folder.to_owned() } else { folder.join(stem) };
        for child in &file.children {
            let (beside, inside) = (folder.join(format!("{child}.rs")), folder.join(child).join("mod.rs"));
            let path = if beside.exists() { beside } else { inside };
            open.push(([&module[..], std::slice::from_ref(child)].concat(), path));
        }
        files.insert(module, file);
    }
    files
}

impl File {
    /// Reads a file; what is for its tests alone is left out.
    pub fn read(text: &str) -> Self {
        let tokens: TokenStream = text.parse().expect("Rust that compiles");
        let mut file = Self::default();
        file.declarations(&without_tests(tokens.clone()));
        file.names(&without_tests(tokens));
        file
    }

    /// Its `mod x;` and `pub use …;`.
    fn declarations(&mut self, tokens: &[TokenTree]) {
        for (i, pair) in tokens.windows(2).enumerate() {
            let ends = tokens.get(i + 2).is_some_and(|token| is(token, ";"));
            if is(&pair[0], "mod") && ends {
                self.children.insert(pair[1].to_string());
            }
        }
    }

    fn names(&mut self, tokens: &[TokenTree]) {
        let mut i = 0;
        while i < tokens.len() {
            let end = tokens[i..].iter().position(|token| is(token, ";")).map(|length| i + length);
            if let Some(end) = end.filter(|_| is(&tokens[i], "use")) {
                let paths = tree(&tokens[i + 1..end]);
                if is_public(tokens, i) {
                    self.reexports.extend(paths.into_iter().filter_map(|p| Some((p.last()?.clone(), p))));
                } else {
                    self.paths.extend(paths);
                }
                i = end;
            } else if let TokenTree::Group(group) = &tokens[i] {
                self.names(&without_tests(group.stream()));
            } else if is_name(&tokens[i]) && !goes_on(tokens, i) {
                let mut path = vec![tokens[i].to_string()];
                while let [a, b, name, ..] = &tokens[i + 1..]
                    && is(a, ":")
                    && is(b, ":")
                    && is_name(name)
                {
                    path.push(name.to_string());
                    i += 3;
                }
                if path.len() > 1 {
                    self.paths.push(path);
                }
            }
            i += 1;
        }
    }
}

/// The paths of a `use`: each of a group has what stands before it.
fn tree(tokens: &[TokenTree]) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for part in tokens.split(|token| is(token, ",")) {
        let mut path = Vec::new();
        for token in part {
            match token {
                TokenTree::Group(group) => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    paths.extend(tree(&inner).into_iter().map(|rest| [&path[..], &rest].concat()));
                    path.clear();
                }
                // The new name of what is renamed says nothing about where it is from.
                token if is(token, "as") => break,
                token if is(token, ":") => {}
                token => path.push(token.to_string()),
            }
        }
        if !path.is_empty() {
            paths.push(path);
        }
    }
    paths
}

/// The tokens without the items that are compiled for tests only.
fn without_tests(tokens: TokenStream) -> Vec<TokenTree> {
    let (mut kept, mut skips) = (Vec::new(), false);
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (i, token) in tokens.iter().enumerate() {
        let attribute = tokens.get(i + 1).map(ToString::to_string).unwrap_or_default();
        skips |= is(token, "#") && attribute.replace(' ', "") == "[cfg(test)]";
        if !skips {
            kept.push(token.clone());
        }
        let is_body = matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        skips &= !(is_body || is(token, ";"));
    }
    kept
}

/// Whether `pub`, with or without a place in brackets, stands before the token.
fn is_public(tokens: &[TokenTree], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|i| tokens.get(i));
    before(1).is_some_and(|token| is(token, "pub"))
        || (matches!(before(1), Some(TokenTree::Group(_)))
            && before(2).is_some_and(|token| is(token, "pub")))
}

/// Whether the token goes on with what stands before it: a path after `::`, a field after `.`.
fn goes_on(tokens: &[TokenTree], at: usize) -> bool {
    let before = |back: usize, text: &str| {
        at.checked_sub(back).and_then(|i| tokens.get(i)).is_some_and(|token| is(token, text))
    };
    before(1, ".") || before(1, ":") && before(2, ":")
}

fn is(token: &TokenTree, text: &str) -> bool {
    !matches!(token, TokenTree::Group(_)) && token.to_string() == text
}

fn is_name(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(_))
}

/// The modules that `module` imports from, itself not included.
pub fn imports(files: &BTreeMap<Module, File>, module: &Module) -> BTreeSet<Module> {
    let found = files[module].paths.iter().filter_map(|path| resolve(files, module, path));
    found.filter(|other| other != module).collect()
}

/// The module in which the thing that `path` names stands, or none if it is of another crate.
fn resolve(files: &BTreeMap<Module, File>, from: &Module, path: &[String]) -> Option<Module> {
    let mut at: Module = from.clone();
    let mut rest = path;
    match path.first()?.as_str() {
        "crate" => (at, rest) = (Vec::new(), &path[1..]),
        "self" => rest = &path[1..],
        "super" => {}
        child if files[from].children.contains(child) => {}
        _ => return None,
    }
    while let Some(name) = rest.first() {
        let file = &files[&at];
        if name == "super" {
            at.pop();
        } else if file.children.contains(name) {
            at.push(name.clone());
        } else if let Some(path) = file.reexports.get(name) {
            return resolve(files, &at, path);
        } else {
            break;
        }
        rest = &rest[1..];
    }
    Some(at)
}
