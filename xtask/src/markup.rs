//! What a page says in Markdown and a reader sees as more: misconceptions, exercises, the notebook,
//! figures.

use anyhow::{Context, Result, ensure};
use regex::{Captures, Regex};
use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

/// A warning whose first words are "**Misconception:" becomes a box with that heading, of the class
/// `misconception`.
pub fn misconceptions(text: &str) -> String {
    static BOX: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^> \[!WARNING\]\n> \*\*Misconception: (.*\n(?:>.*\n?)*)").expect("well formed")
    });
    BOX.replace_all(text, |found: &Captures| {
        let quoted =
            |line: &str| line.strip_prefix("> ").or(line.strip_prefix('>')).unwrap_or(line).to_owned();
        let inside = found[1].lines().map(quoted).collect::<Vec<_>>().join("\n");
        format!(
            "<blockquote class=\"blockquote-tag blockquote-tag-warning misconception\">\n\
             <p class=\"blockquote-tag-title\">Misconception</p>\n\n**{inside}\n\n</blockquote>\n"
        )
    })
    .into_owned()
}

/// Each exercise gets an id, a link to its starter and the command that judges it. `folder` is the
/// chapter's, from the root.
pub fn exercises(text: &str, package: &str, folder: &str, root: &Path) -> Result<String> {
    static ITEM: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(\d+\. )\*\*(\w+)\*\*(.*)$").expect("well formed"));
    let mut is_here = false;
    let mut out = String::new();
    for line in text.lines() {
        if line.starts_with("## ") {
            is_here = line == "## Exercises";
        }
        match ITEM.captures(line).filter(|_| is_here) {
            None => out += line,
            Some(item) => {
                let (number, name, rest) = (&item[1], &item[2], &item[3]);
                let file = format!("{folder}/exercises/{name}.rs");
                ensure!(root.join(&file).exists(), "{package}: exercise {name} has no file {file}");
                let _ = write!(
                    out,
                    "{number}<span class=\"exercise\" id=\"exercise-{name}\">**[{name}](#exercise-{name})**</span>{rest}<br>\
                     <span class=\"exercise-files\">[`{file}`](code/{file}.html), judged by `cargo x exercises {package} {name}`</span>"
                );
            }
        }
        out.push('\n');
    }
    Ok(out)
}

/// The name of a notebook becomes a link to its page.
pub fn notebooks(text: &str, root: &Path) -> Result<String> {
    static NAME: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"`(notebooks/[\w-]+)\.ipynb`").expect("well formed"));
    for name in NAME.captures_iter(text) {
        let file = root.join(format!("{}.ipynb", &name[1]));
        file.metadata().with_context(|| format!("there is no notebook {}", file.display()))?;
    }
    Ok(NAME.replace_all(text, "[$0]($1.html)").into_owned())
}

/// Figures and their captions get ids, from the file that is included: one can link to them.
pub fn figures(text: &str) -> String {
    static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?s)<figure([^>]*)>(\s*\{\{#include figures/[\w-]+/([\w-]+)\.svg\}\}\s*)<figcaption>")
            .expect("well formed")
    });
    let with_ids = "<figure$1 id=\"figure-$3\">$2<figcaption id=\"figure-$3-caption\">";
    FIGURE.replace_all(text, with_ids).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misconception_is_no_warning() {
        let page = "Before.\n\n> [!WARNING]\n> **Misconception: \"deep.\"** It is *not*.\n>\n> And more.\n\nAfter.\n\n\
                    > [!WARNING]\n> Hot.\n";
        let html = misconceptions(page);
        let head = "misconception\">\n<p class=\"blockquote-tag-title\">Misconception</p>\n\n**\"deep.\"** It is *not*.\n\nAnd more.\n\n</blockquote>\n";
        assert!(html.contains(head), "{html}");
        assert!(html.contains("\nAfter.") && html.contains("> [!WARNING]\n> Hot."), "{html}");
    }

    #[test]
    fn an_exercise_names_its_starter_and_its_judge() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("chapters/01-n/exercises");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("nor.rs"), "").unwrap();
        let page = "1. **bold** — no exercise.\n\n## Exercises\n\n1. **nor** ★ — a unit.\n\n## Next\n\n1. **other** — none.\n";
        let html = exercises(page, "n", "chapters/01-n", root.path()).unwrap();
        assert!(html.contains("id=\"exercise-nor\""), "{html}");
        assert!(html.contains("(code/chapters/01-n/exercises/nor.rs.html)"), "{html}");
        assert!(html.contains("`cargo x exercises n nor`"), "{html}");
        assert!(
            html.contains("1. **bold** — no exercise.") && html.contains("1. **other** — none."),
            "{html}"
        );
        let page = "## Exercises\n\n1. **nand** ★ — a unit.\n";
        let error = exercises(page, "n", "chapters/01-n", root.path()).unwrap_err().to_string();
        assert!(error.contains("nand") && error.contains("chapters/01-n/exercises/nand.rs"), "{error}");
    }

    #[test]
    fn the_name_of_a_notebook_is_a_link_and_a_wrong_name_an_error() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("notebooks")).unwrap();
        std::fs::write(root.path().join("notebooks/01-n.ipynb"), "{}").unwrap();
        let html = notebooks("The notebook `notebooks/01-n.ipynb` lets you.", root.path()).unwrap();
        assert_eq!(html, "The notebook [`notebooks/01-n.ipynb`](notebooks/01-n.html) lets you.");
        assert!(notebooks("`notebooks/02-m.ipynb`", root.path()).is_err());
    }

    #[test]
    fn a_figure_and_its_caption_can_be_linked() {
        let page = "<figure class=\"wide\">\n{{#include figures/neurons/xor.svg}}\n<figcaption>Four points.</figcaption>\n</figure>\n";
        let html = figures(page);
        assert!(html.starts_with("<figure class=\"wide\" id=\"figure-xor\">\n{{#include"), "{html}");
        assert!(html.contains("<figcaption id=\"figure-xor-caption\">Four points."), "{html}");
    }
}
