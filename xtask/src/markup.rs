//! What a page says in Markdown and a reader sees as more: exercises, the notebook, figures, formulas,
//! options, references.

use anyhow::{Context, Result, ensure};
use regex::{Captures, Regex};
use std::borrow::Cow;
use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

/// Each exercise gets an id, a link to its starter and the command that judges it. `folder` is the
/// chapter's, from the root. The starters are returned, too, from the root.
pub fn exercises(text: &str, package: &str, folder: &str, root: &Path) -> Result<(String, Vec<String>)> {
    static ITEM: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(\d+\. )\*\*(\w+)\*\*(.*)$").expect("well formed"));
    let mut is_here = false;
    let (mut out, mut starters) = (String::new(), Vec::new());
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
                starters.push(file);
            }
        }
        out.push('\n');
    }
    Ok((out, starters))
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

/// A formula of so many signs may not fit on a line of a phone.
const LONG: usize = 30;

/// Where a browser may break formulas: one in the text stays with the comma that follows it, unless it
/// is long; of two that are displayed side by side, the second goes to the next line as a whole.
pub fn formulas(text: &str) -> String {
    static FORMULA: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"`[^`]*`|\$\$([^$]*)\$\$|(\$[^$\s](?:[^$]*[^$\s])?\$)[.,;:)]+").expect("well formed")
    });
    // A command of TeX is about one sign.
    static COMMAND: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\\\w+ ?").expect("well formed"));
    let is_short = |formula: &str| COMMAND.replace_all(formula, "x").len() < LONG;
    let broken = |found: &Captures| match (found.get(1), found.get(2)) {
        (Some(displayed), _) => format!("$${}$$", side_by_side(displayed.as_str())),
        (_, Some(formula)) if is_short(formula.as_str()) => {
            format!("<span class=\"formula\">{}</span>", &found[0])
        }
        _ => found[0].to_owned(),
    };
    outside_listings(text, |line| FORMULA.replace_all(line, broken))
}

/// Options of a command, such as `--hint`, stay in one line: a browser would break them after their
/// dashes.
pub fn options(text: &str) -> String {
    static OPTION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"`[^`]*`").expect("well formed"));
    let whole = |found: &Captures| match &found[0] {
        code if code.starts_with("`-") && code.len() < LONG => {
            format!("<span class=\"option\">{code}</span>")
        }
        code => code.to_owned(),
    };
    outside_listings(text, |line| OPTION.replace_all(line, whole))
}

/// Long names in tables may break after `_`, `.` and `/`: on a phone a browser would break them anywhere.
pub fn names_in_tables(text: &str) -> String {
    static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"`([\w./-]{12,})`").expect("well formed"));
    static JOINT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[_./]+").expect("well formed"));
    let broken = |found: &Captures| format!("<code>{}</code>", JOINT.replace_all(&found[1], "$0<wbr>"));
    outside_listings(
        text,
        |line| {
            if line.starts_with('|') { NAME.replace_all(line, broken) } else { line.into() }
        },
    )
}

/// The numbers of papers in the bibliography are links to them: of arXiv, DOIs, of the ACL Anthology.
pub fn references(text: &str) -> String {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?m)(^|[ (])(?:(arXiv:)(\d{4}\.\d{4,5})|(doi:)(10\.\d+/[^\s]*\w)|(ACL )([A-Z]\d\d-\d{4}))",
        )
        .expect("well formed")
    });
    let link = |found: &Captures| {
        let of = |kind, address| Some((found.get(kind)?.as_str(), found.get(kind + 1)?.as_str(), address));
        let (kind, number, address) = of(2, "https://arxiv.org/abs/")
            .or_else(|| of(4, "https://doi.org/"))
            .or_else(|| of(6, "https://aclanthology.org/"))
            .expect("one of the three was found");
        format!("{}[{kind}{number}]({address}{number})", &found[1])
    };
    NUMBER.replace_all(text, link).into_owned()
}

/// What `change` makes of the lines of a page; listings stay as they are.
fn outside_listings<'a>(text: &'a str, change: impl Fn(&'a str) -> Cow<'a, str>) -> String {
    let mut is_code = false;
    let lines = text.split_inclusive('\n').map(|line| {
        is_code ^= line.starts_with("```");
        if is_code { line.into() } else { change(line) }
    });
    lines.collect()
}

/// A displayed formula whose parts, with wide gaps between them, break nowhere else.
fn side_by_side(formula: &str) -> String {
    static GAP: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\\q?quad\b").expect("well formed"));
    let mut starts: Vec<usize> = GAP.find_iter(formula).map(|gap| gap.start()).collect();
    if starts.is_empty() {
        return formula.to_owned();
    }
    starts.push(formula.len());
    let ends = starts.iter().scan(0, |start, &end| Some(&formula[std::mem::replace(start, end)..end]));
    ends.map(|part| format!("{{{part}}}")).collect::<Vec<_>>().join(r"\allowbreak ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exercise_names_its_starter_and_its_judge() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("chapters/01-n/exercises");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("nor.rs"), "").unwrap();
        let page = "1. **bold** — no exercise.\n\n## Exercises\n\n1. **nor** ★ — a unit.\n\n## Next\n\n1. **other** — none.\n";
        let (html, starters) = exercises(page, "n", "chapters/01-n", root.path()).unwrap();
        assert_eq!(starters, ["chapters/01-n/exercises/nor.rs"]);
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

    #[test]
    fn a_formula_keeps_the_comma_that_follows() {
        let kept = |formula: &str| format!("<span class=\"formula\">{formula}</span>");
        assert_eq!(
            formulas("Row $i$ of $A$, and ($B$)."),
            format!("Row $i$ of {} and ({}", kept("$A$,"), kept("$B$)."))
        );
        // Code, displayed formulas and long ones are left alone.
        for text in [
            "`echo $A$,` and",
            "```console\n$ echo $A$, $B$,\n```\n",
            "$$ a = b $$",
            "$w_0 + w_1 + b < w_2 + w_3 + b + c$, so",
        ] {
            assert_eq!(formulas(text), text);
        }
    }

    #[test]
    fn a_long_name_in_a_table_breaks_at_its_joints() {
        let page = "`blocks.i.norm_one`\n| `blocks.i.norm_one` | `short_one` | `two words_here` |\n";
        let expected = "`blocks.i.norm_one`\n\
                        | <code>blocks.<wbr>i.<wbr>norm_<wbr>one</code> | `short_one` | `two words_here` |\n";
        assert_eq!(names_in_tables(page), expected);
    }

    #[test]
    fn an_option_stays_in_one_line_and_other_code_is_left_alone() {
        let page = "Say `--hint` or `x --hint`, `a - b`.\n```console\ncargo x `--hint`\n```\n| `-v` |\n";
        let expected = "Say <span class=\"option\">`--hint`</span> or `x --hint`, `a - b`.\n\
                        ```console\ncargo x `--hint`\n```\n| <span class=\"option\">`-v`</span> |\n";
        assert_eq!(options(page), expected);
        let long = format!("`--{}`", "x".repeat(LONG));
        assert_eq!(options(&long), long, "what is wider than a phone must break");
    }

    #[test]
    fn the_number_of_a_paper_is_a_link_to_it() {
        for (number, address) in [
            ("arXiv:1607.06450", "https://arxiv.org/abs/1607.06450"),
            ("doi:10.3758/s13423-014-0585-6", "https://doi.org/10.3758/s13423-014-0585-6"),
            ("ACL P16-1162", "https://aclanthology.org/P16-1162"),
        ] {
            let linked = format!("[{number}]({address})");
            assert_eq!(references(&format!("*X*, 2. {number}.")), format!("*X*, 2. {linked}."));
            assert_eq!(references(&format!("({number})")), format!("({linked})"));
            assert_eq!(references(&linked), linked, "it was a link before");
        }
        assert_eq!(references("*ACL 2016*, 1715–1725."), "*ACL 2016*, 1715–1725.");
    }

    #[test]
    fn displayed_formulas_break_between_their_parts() {
        assert_eq!(formulas(r"$$ a = b, \qquad c = d $$"), r"$${ a = b, }\allowbreak {\qquad c = d }$$");
    }
}
