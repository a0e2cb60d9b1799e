//! The committed notebooks, and that what is wrong with one is seen.

use checks::notebook::{FIRST_CELL, faults};
use checks::{files, root};
use serde_json::{Value, json};

#[test]
fn every_committed_notebook_shows_its_pictures_on_a_screen() {
    let notebooks = files(&root().join("notebooks"));
    let notebooks = notebooks.iter().filter(|path| path.extension().is_some_and(|end| end == "ipynb"));
    let mut found = Vec::new();
    let mut read = 0;
    for path in notebooks {
        let name = path.file_name().unwrap_or_default().display();
        let text = std::fs::read_to_string(path).expect("a notebook is text");
        found.extend(faults(&text).into_iter().map(|fault| format!("{name}: {fault}")));
        read += 1;
    }
    assert!(read >= 16, "only {read} notebooks were read");
    assert!(found.is_empty(), "`cargo x notebooks` shows the same:\n{}", found.join("\n"));
}

/// A notebook that is as it must be: its third code cell draws.
fn sound() -> Value {
    json!({
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "rust", "language": "rust", "display_name": "Rust"}},
        "cells": [
            {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# Title\n", "## Look\n", "**Predict** it, **change** it."]},
            code("b", FIRST_CELL, &json!([])),
            code("c", ":dep tensors = { path = \"../chapters/00-tensors\" }", &json!([])),
            code("d", "let figure = chart.draw().unwrap();\nfigure", &json!([picture("<svg></svg>")])),
        ],
    })
}

fn code(id: &str, source: &str, outputs: &Value) -> Value {
    json!({"cell_type": "code", "id": id, "metadata": {}, "execution_count": 1, "source": source, "outputs": outputs})
}

fn result(data: &Value) -> Value {
    json!({"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data})
}

fn picture(svg: &str) -> Value {
    let html = "<img alt=\"A line\" src=\"data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=\">";
    result(&json!({"image/svg+xml": svg, "text/html": html}))
}

fn stream(name: &str, text: &str) -> Value {
    json!({"output_type": "stream", "name": name, "text": text})
}

#[test]
fn a_sound_notebook_has_no_faults() {
    assert_eq!(faults(&sound().to_string()), Vec::<String>::new());
}

/// Asserts that the sound notebook, changed, has exactly one fault, which says so.
fn refused(change: impl FnOnce(&mut Value), says: &str) {
    let mut notebook = sound();
    change(&mut notebook);
    let faults = faults(&notebook.to_string());
    assert!(faults.len() == 1 && faults[0].contains(says), "{says:?} is not in {faults:?}");
}

/// Asserts that one more cell with these outputs is refused.
fn output_refused(source: &str, output: &Value, says: &str) {
    let cell = code("e", source, &json!([output]));
    refused(|notebook| notebook["cells"].as_array_mut().unwrap().push(cell), says);
}

#[test]
fn a_drawing_without_its_picture_is_refused() {
    refused(|n| n["cells"][3]["outputs"] = json!([]), "cell 3 draws 1 and shows 0");
    let two = "let a = x.draw()?; let b = y.draw()?; b";
    output_refused(two, &picture("<svg></svg>"), "cell 4 draws 2 and shows 1");
    let alone = result(&json!({"image/svg+xml": "<svg></svg>"}));
    output_refused("let a = 1;\nfigure", &stream("stdout", "1"), "cell 4 draws 1 and shows 0");
    output_refused("x.draw()?", &alone, "no HTML image");
    output_refused("x.draw()?", &result(&json!({"text/html": "<b>1</b>"})), "without its SVG");
}

#[test]
fn a_figure_shown_as_text_is_refused() {
    let text = json!({"text/plain": "Figure { svg: \"…\" }"});
    output_refused("chart", &result(&text), "a figure's text");
    output_refused("chart", &result(&json!({"text/plain": "Figure (12 bytes; …)"})), "a figure's text");
    output_refused("println!(…)", &stream("stdout", "<svg viewBox=\"0 0 1 1\"/>"), "a figure's text");
}

#[test]
fn an_output_longer_than_a_screen_is_refused() {
    output_refused("f()", &stream("stdout", &"line\n".repeat(61)), "61 lines");
    output_refused("f()", &stream("stdout", &"a".repeat(6001)), "6001 characters");
    let heavy = format!("<svg>{}</svg>", " ".repeat(80_000));
    output_refused("x.draw()?", &picture(&heavy), "80011 bytes");
}

#[test]
fn what_went_wrong_is_refused() {
    let error =
        json!({"output_type": "error", "ename": "Error", "evalue": "type mismatch", "traceback": []});
    output_refused("1 + \"\"", &error, "failed: Error: type mismatch");
    output_refused("f()", &stream("stderr", "\nwarning: unused variable"), "stderr: warning: unused");
    output_refused("f()", &stream("stdout", "thread 'main' panicked at src/lib.rs"), "panicked at");
    output_refused("f()", &stream("stdout", "No file /home/reader/x"), "a path of one machine: No file");
    output_refused("for i in 0..3 {}", &result(&json!({"text/plain": "()"})), "shows `()`");
}

#[test]
fn another_form_is_refused() {
    refused(|n| n["nbformat_minor"] = json!(4), "format 4.5");
    refused(|n| n["cells"][1]["id"] = json!("a"), "two cells of one id");
    refused(|n| n["cells"][0]["source"] = json!("no title"), "its title");
    refused(|n| n["cells"][1]["source"] = json!(":cache 1000"), "copies Cargo.lock");
    refused(|n| n["cells"][2]["source"] = json!("use tensors::seeds;"), "names all dependencies");
    refused(|n| n["cells"][3]["execution_count"] = Value::Null, "was not executed");
    refused(|n| n["metadata"]["kernelspec"]["name"] = json!("python3"), "another kernel");
    refused(|n| n["cells"] = json!({}), "no notebook of format 4.5");
    refused(|n| n["cells"][0]["source"] = json!("# T\n\n## Look\n\n**Predict** it."), "under \"Look\"");
    refused(
        |n| n["cells"][2]["source"] = json!(format!(":dep a = \"1\"\n// {}", "é".repeat(106))),
        "more than 108 columns",
    );
    let late = code("e", ":dep rand = \"0.8\"", &json!([]));
    refused(|n| n["cells"].as_array_mut().unwrap().push(late), "after the second code cell");
}
