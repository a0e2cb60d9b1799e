//! Rust coloured when the book is built: pages need no script for it.

use crate::static_page::escape;
use std::sync::LazyLock;
use syntect::easy::ScopeRegionIterator;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// What the grammar calls a piece of code, and the class that the style sheet colours. The first
/// that fits the innermost name wins.
static CLASSES: LazyLock<Vec<(Scope, &str)>> = LazyLock::new(|| {
    let class = |(name, class): &(&str, &'static str)| {
        (Scope::new(name).expect("the names of this table are well formed"), *class)
    };
    CLASS_NAMES.iter().map(class).collect()
});
/// The names, and the classes.
pub const CLASS_NAMES: [(&str, &str); 17] = [
    ("comment", "comment"),
    ("string", "string"),
    ("constant.character", "string"),
    ("constant", "number"),
    ("meta.annotation", "attribute"),
    ("variable.annotation", "attribute"),
    ("storage.modifier.lifetime", "lifetime"),
    ("entity.name.lifetime", "lifetime"),
    ("support.macro", "macro"),
    ("entity.name.macro", "macro"),
    ("entity.name.function", "function"),
    ("support.function", "function"),
    ("entity.name", "type"),
    ("support.type", "type"),
    ("keyword.operator", ""),
    ("keyword", "keyword"),
    ("storage", "keyword"),
];

/// The lines of a Rust file as HTML, each whole in itself, without line ends.
pub fn lines(rust: &str) -> Vec<String> {
    let syntax = SYNTAXES.find_syntax_by_extension("rs").expect("syntect knows Rust");
    let (mut state, mut stack) = (ParseState::new(syntax), ScopeStack::new());
    let line = |line: &str| {
        // The grammar's rules look at the line's end.
        let whole = format!("{line}\n");
        let steps = state.parse_line(&whole, &SYNTAXES).expect("syntect's own grammar is well formed");
        let mut pieces: Vec<(&str, String)> = Vec::new();
        for (text, step) in ScopeRegionIterator::new(&steps, &whole) {
            stack.apply(step).expect("the parser closes what it opened");
            let (text, class) = (text.trim_end_matches('\n'), class(&stack));
            match pieces.last_mut() {
                Some((before, piece)) if *before == class || text.trim().is_empty() => piece.push_str(text),
                _ => pieces.push((class, text.to_owned())),
            }
        }
        pieces.iter().map(|(class, text)| span(class, text)).collect()
    };
    rust.lines().map(line).collect()
}

fn class(stack: &ScopeStack) -> &'static str {
    let of = |scope: &Scope| CLASSES.iter().find(|(name, _)| name.is_prefix_of(*scope));
    stack.as_slice().iter().rev().find_map(of).map_or("", |(_, class)| class)
}

fn span(class: &str, text: &str) -> String {
    let text = escape(text);
    if class.is_empty() || text.is_empty() {
        text
    } else {
        format!("<span class=\"{class}\">{text}</span>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_get_the_class_of_what_they_are() {
        let lines = lines(
            "/// Halves `x`.\n#[inline]\npub fn half<'a>(x: &'a f64) -> f64 {\n    assert!(*x < 1.5, \"no\");\n}\n",
        );
        assert_eq!(lines[0], "<span class=\"comment\">/// Halves `x`.</span>");
        assert!(lines[1].contains("class=\"attribute\""), "{}", lines[1]);
        assert!(lines[2].contains("<span class=\"keyword\">pub fn </span>"), "{}", lines[2]);
        assert!(lines[2].contains("<span class=\"function\">half</span>"), "{}", lines[2]);
        assert!(lines[3].contains("<span class=\"macro\">assert!</span>"), "{}", lines[3]);
        assert!(
            lines[3].contains("&lt;") && lines[3].contains("<span class=\"number\">1.5</span>"),
            "{}",
            lines[3]
        );
        assert!(lines[3].contains("<span class=\"string\">&quot;no&quot;</span>"), "{}", lines[3]);
    }

    #[test]
    fn a_comment_of_several_lines_is_whole_in_each() {
        let lines = lines("/* one\n   two */\nlet a = 1;\n");
        assert!(lines[..2].iter().all(|line| line.starts_with("<span class=\"comment\">")), "{lines:?}");
        assert!(lines[..2].iter().all(|line| line.ends_with("</span>")), "{lines:?}");
    }
}
