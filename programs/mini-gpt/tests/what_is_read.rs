//! Texts as people have them: of other systems, without blanks, without beginnings, too short.

mod program;

use program::{mini_gpt, refused, succeeds, text, train};
use std::fs;
use std::path::{Path, PathBuf};

/// A hundred short texts with an empty line after each.
fn texts() -> String {
    let text = |i| format!("Text {i} is about a river and a stone.\nIt has two lines.\n\n");
    (0..100).map(text).collect()
}

fn written(folder: &Path, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_text_of_any_line_ends_gives_the_same_run_and_resumes_it() {
    let folder = tempfile::tempdir().unwrap();
    let lf = texts();
    let blank = lf.replace("lines.\n\n", "lines.\n \t\n");
    let mut runs = Vec::new();
    for (name, text, said) in [
        ("lf", lf.clone(), None),
        ("crlf", lf.replace('\n', "\r\n"), Some("(300 times CRLF, 0 times CR) are read as LF")),
        ("cr", lf.replace('\n', "\r"), Some("(0 times CRLF, 300 times CR) are read as LF")),
        ("mixed", lf.replacen('\n', "\r\n", 7), Some("(7 times CRLF, 0 times CR) are read as LF")),
        ("mark", format!("\u{feff}{lf}"), Some("byte-order mark is left out")),
        ("blank", blank, Some("100 lines that hold only blanks count as empty")),
    ] {
        let (text, out) = (written(folder.path(), name, text), folder.path().join(format!("{name}.run")));
        let output = succeeds(&mut train(&text, &out, &["--steps", "6", "--from-beginnings"]));
        let message = String::from_utf8(output.stderr).unwrap();
        let lines = message.lines().filter(|line| line.contains("line ends") || line.contains(" le"));
        match said {
            Some(said) => assert_eq!(message.matches(said).count(), 1, "{name}: {message}"),
            None => assert_eq!(lines.count(), 0, "{name}: {message}"),
        }
        runs.push(out);
    }
    let bytes = |run: &PathBuf| fs::read(run.join("checkpoint.safetensors")).unwrap();
    let on_line_feeds = bytes(&runs[0]);
    for run in &runs {
        assert!(bytes(run) == on_line_feeds, "{} differs from the run on line feeds", run.display());
        // And it goes on with the same text in another form.
        let lf = folder.path().join("lf");
        succeeds(&mut train(&lf, run, &["--steps", "9", "--resume"]));
    }
    let (run, crlf) = (runs[0].to_str().unwrap(), folder.path().join("crlf"));
    let judged = succeeds(mini_gpt(&["eval", "--model", run]).arg("--corpus").arg(crlf));
    assert!(String::from_utf8(judged.stderr).unwrap().contains("are read as LF"));
}

#[test]
fn texts_may_begin_anywhere_or_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let words = "Once there was a poor miller who had a daughter. ".repeat(40);
    // The held-out tenth has its only empty line at its very end.
    let end = written(folder.path(), "end", format!("{}{}\n\n", texts(), &words[..600]));
    let out = folder.path().join("run");
    succeeds(&mut train(&end, &out, &["--steps", "6", "--from-beginnings"]));
    let model = out.to_str().unwrap();
    for (name, text) in [
        ("paragraph", "Once there was a poor miller who had a daughter.\n\n"),
        ("no line", "Once there was a poor miller who had a daughter."),
        ("blank", "   \n\t\n  \n"),
        ("a character", "é"),
        ("nul", "\0\0\0\0"),
        ("lines", "\n\n\n\n\n"),
    ] {
        let one = written(folder.path(), name, text);
        let judged = succeeds(
            mini_gpt(&["eval", "--model", model, "--split", "all", "--json"]).arg("--corpus").arg(one),
        );
        let score: serde_json::Value = serde_json::from_slice(&judged.stdout).unwrap();
        for number in ["loss", "perplexity", "bits_per_char"] {
            assert!(score[number].as_f64().is_some(), "{name}: {score}");
        }
    }
    let letter = written(folder.path(), "letter", "a");
    refused(
        mini_gpt(&["eval", "--model", model, "--split", "all"]).arg("--corpus").arg(&letter),
        "letter has 1 tokens, but to judge a model takes two",
    );
    let short = written(folder.path(), "short", "abcdefgh\n\n");
    refused(
        mini_gpt(&["eval", "--model", model]).arg("--corpus").arg(short),
        "or all of it with --split all",
    );
    let none = written(folder.path(), "none", &words);
    refused(
        &mut train(&none, &folder.path().join("other"), &["--from-beginnings"]),
        "leave out --from-beginnings, or give a smaller --context",
    );
}

#[test]
fn what_is_no_text_to_train_on_is_refused_by_its_reason() {
    let (folder, _) = text();
    let out = folder.path().join("out");
    let wide: Vec<u8> = "wide".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes, expected) in [
        ("empty", &b""[..], "is empty"),
        ("mark", "\u{feff}".as_bytes(), "is empty"),
        ("utf16", &[&[0xff, 0xfe], &wide[..]].concat(), "is UTF-16, not UTF-8: convert it"),
        ("cut", &"Märchen".as_bytes()[..2], "not UTF-8 text (byte 1 is no character)"),
        (
            "train",
            b"0123456789",
            "the text to train on has 9 tokens, but a context of 16 needs at least 17",
        ),
        (
            "held-out",
            &[b'a'; 100],
            "the held-out text has 10 tokens, but a context of 16 needs at least 17",
        ),
    ] {
        refused(&mut train(&written(folder.path(), name, bytes), &out, &[]), expected);
    }
    refused(&mut train(folder.path(), &out, &[]), "cannot read");
    let spaces = written(folder.path(), "spaces", " ".repeat(5000));
    refused(
        mini_gpt(&["train", "--size", "laptop-bpe", "--context", "8", "--out", "x", "--corpus"])
            .arg(&spaces),
        "the text is too small for 1792 tokens",
    );
    assert!(!out.exists(), "nothing was written");
    // Bytes are learned from any text: blanks, NULs, one line without a blank.
    let unbroken = written(folder.path(), "unbroken", "ACGT".repeat(50_000));
    for text in [spaces, written(folder.path(), "nul", [0; 5000]), unbroken] {
        succeeds(&mut train(&text, &text.with_extension("run"), &["--steps", "1"]));
    }
}
