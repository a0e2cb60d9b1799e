//! The notebooks as pages: what they do can be read without Jupyter.

use crate::chapters::Chapter;
use crate::highlight;
use crate::static_page::{Generated, StaticPage, escape};
use anyhow::{Context, Result};
use checks::notebook::Lines;
use pulldown_cmark::{Options, Parser, html::push_html};
use serde::Deserialize;
use std::collections::HashMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// A notebook, as far as a page shows it: <https://nbformat.readthedocs.io>, version 4.
#[derive(Deserialize)]
struct Notebook {
    cells: Vec<Cell>,
}

#[derive(Deserialize)]
#[serde(tag = "cell_type", rename_all = "lowercase")]
enum Cell {
    Markdown { source: Lines },
    Code { source: Lines, execution_count: Option<u32>, outputs: Vec<Output> },
    Raw {},
}

#[derive(Deserialize)]
#[serde(tag = "output_type", rename_all = "snake_case")]
enum Output {
    Stream { text: Lines },
    ExecuteResult { data: Data },
    DisplayData { data: Data },
    Error { ename: String, evalue: String },
}

#[derive(Deserialize)]
struct Data {
    #[serde(rename = "image/svg+xml")]
    svg: Option<Lines>,
    #[serde(rename = "text/html")]
    html: Option<Lines>,
    #[serde(rename = "text/plain")]
    plain: Option<Lines>,
}

/// Writes `notebooks/<name>.html` under `src`, and the notebook itself beside it.
pub fn write(src: &Path, chapters: &[Chapter], names: &HashMap<String, String>) -> Result<()> {
    let mut pages = Generated::new(src.join("notebooks"));
    for chapter in chapters {
        let name = chapter.folder.file_name().unwrap_or_default().to_string_lossy();
        let file = crate::run::root().join("notebooks").join(format!("{name}.ipynb"));
        if !file.exists() {
            continue;
        }
        let json = fs::read_to_string(&file)?;
        let title = names.get(&chapter.name).map_or(chapter.name.as_str(), String::as_str);
        let html = page(&json, &name, &chapter.name, title);
        pages.write(
            format!("{name}.html"),
            html.with_context(|| format!("cannot read {}", file.display()))?,
        )?;
        pages.write(format!("{name}.ipynb"), json)?;
    }
    pages.finish()
}

fn page(json: &str, name: &str, package: &str, chapter: &str) -> Result<String> {
    let notebook: Notebook = serde_json::from_str(json)?;
    let mut body = format!(
        "<p>A notebook of the chapter <a href=\"../{package}.html\">{chapter}</a>, as it was run last. To change it and \
         run it again, open <code>notebooks/{name}.ipynb</code> of your copy of the book in JupyterLab \
         (<a href=\"{name}.ipynb\" download>the file</a> alone finds no crates).</p>\n"
    );
    for (number, cell) in (1..).zip(&notebook.cells) {
        let _ = write!(
            body,
            "<section class=\"cell\" id=\"cell-{number}\">\n{}</section>\n",
            cell.html(number)
        );
    }
    Ok(StaticPage {
        title: &format!("Notebook: {chapter}"),
        description: &format!("The notebook of the chapter {chapter}, with what it printed and drew"),
        root: "../",
        way: &format!(" › <a href=\"../{package}.html\">{}</a>", escape(chapter)),
        body: &body,
    }
    .html())
}

impl Cell {
    fn html(&self, number: usize) -> String {
        let mut html = String::new();
        match self {
            Self::Raw {} => {}
            Self::Markdown { source } => {
                push_html(&mut html, Parser::new_ext(&source.join(), Options::ENABLE_TABLES));
            }
            Self::Code { source, execution_count, outputs } => {
                let prompt = execution_count.map(|count| format!("<p class=\"prompt\">In [{count}]</p>\n"));
                html += &prompt.unwrap_or_default();
                html += &scrolling("input", "Code", &highlight::lines(&source.join()).join("\n"));
                html += &all(outputs, number);
            }
        }
        html
    }
}

/// The outputs of a cell; what was printed piece by piece is one text.
fn all(outputs: &[Output], number: usize) -> String {
    let (mut html, mut printed) = (String::new(), String::new());
    for output in outputs {
        if let Output::Stream { text } = output {
            printed += &text.join();
            continue;
        }
        html += &text(&std::mem::take(&mut printed));
        html += &match output {
            Output::ExecuteResult { data } | Output::DisplayData { data } => data.html(number),
            Output::Error { ename, evalue } => text(&format!("{ename}: {evalue}")),
            Output::Stream { .. } => String::new(),
        };
    }
    html + &text(&printed)
}

impl Data {
    /// The richest form.
    fn html(&self, number: usize) -> String {
        match (self.svg.as_ref().or(self.html.as_ref()), &self.plain) {
            (Some(picture), _) => picture_html(&picture.join(), number),
            (None, Some(plain)) => text(&plain.join()),
            (None, None) => String::new(),
        }
    }
}

/// A picture that does not say what it is gets the name of its cell.
fn picture_html(html: &str, number: usize) -> String {
    let role = if html.contains("role=") {
        String::new()
    } else {
        format!(" role=\"img\" aria-label=\"What cell {number} draws\"")
    };
    format!("<div class=\"picture\"{role}>\n{html}\n</div>\n")
}

/// Printed text; nothing for a cell that has nothing to say.
fn text(text: &str) -> String {
    let text = text.trim_end();
    if text.is_empty() || text == "()" {
        String::new()
    } else {
        scrolling("output", "Output", &escape(text))
    }
}

/// Long lines scroll by themselves, for a keyboard too.
fn scrolling(class: &str, label: &str, html: &str) -> String {
    format!(
        "<pre class=\"{class}\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\"><code>{html}</code></pre>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r##"{"metadata": {}, "nbformat": 4, "cells": [
        {"cell_type": "markdown", "source": ["# Neurons\n", "\n", "Change a *number*."]},
        {"cell_type": "code", "execution_count": 3, "source": "let a = \"<b>\";", "outputs": [
            {"output_type": "stream", "name": "stdout", "text": ["one\n"]},
            {"output_type": "stream", "name": "stdout", "text": "1 < 2\n"},
            {"output_type": "execute_result", "data": {"text/plain": ["()"]}}]},
        {"cell_type": "code", "execution_count": null, "source": "figure", "outputs": [
            {"output_type": "display_data", "data": {
                "text/plain": "Figure", "image/svg+xml": ["<svg><text fill=\"currentColor\">a</text></svg>"]}},
            {"output_type": "display_data", "data": {"text/html": "<svg role=\"img\" aria-label=\"A line\"></svg>"}}]}]}"##;

    #[test]
    fn a_page_has_the_text_the_code_and_what_came_of_it() {
        let html = page(JSON, "01-neurons", "neurons", "Neurons").unwrap();
        assert!(html.contains("<h1>Neurons</h1>\n<p>Change a <em>number</em>.</p>"), "{html}");
        assert!(html.contains("In [3]") && html.contains("<span class=\"keyword\">let</span>"), "{html}");
        assert!(html.contains("<code>one\n1 &lt; 2</code>"), "{html}");
        assert!(!html.contains(">()<"), "{html}");
        assert!(html.contains("href=\"01-neurons.ipynb\" download"), "{html}");
    }

    #[test]
    fn pictures_are_pictures_with_a_name() {
        let html = page(JSON, "01-neurons", "neurons", "Neurons").unwrap();
        assert!(html.contains("<div class=\"picture\" role=\"img\" aria-label=\"What cell 3 draws\">\n<svg><text fill=\"currentColor\">"), "{html}");
        assert!(
            html.contains("<div class=\"picture\">\n<svg role=\"img\" aria-label=\"A line\">"),
            "{html}"
        );
        assert!(!html.contains("Figure"), "{html}");
    }

    #[test]
    fn what_is_no_notebook_is_an_error() {
        assert!(page("{}", "01-neurons", "neurons", "Neurons").is_err());
    }
}
