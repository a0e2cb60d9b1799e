//! `mini-gpt finetune`: what it leaves behind, that it goes on to the same bytes, and what it refuses.

mod program;

use program::{mini_gpt, refused, succeeds, trained};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A run, and examples that a tiny model has room for.
fn examples() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let (folder, _, model) = trained();
    let path = folder.path().join("examples.jsonl");
    let line =
        |i: usize| format!("{{\"prompt\": \"How many? {i}\", \"completion\": \"{i} bottles of beer.\"}}\n");
    fs::write(&path, (0..30).map(line).collect::<String>()).unwrap();
    (folder, model, path)
}

fn finetune(model: &Path, examples: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = mini_gpt(&["finetune", "--eval-every", "3"]);
    if !more.contains(&"--batch") {
        command.args(["--batch", "4"]);
    }
    command.arg("--model").arg(model).arg("--examples").arg(examples).arg("--out").arg(out).args(more);
    command
}

fn bytes(folder: &Path) -> Vec<u8> {
    fs::read(folder.join("checkpoint.safetensors")).unwrap()
}

#[test]
fn a_run_that_was_left_goes_on_to_the_same_bytes() {
    let (folder, model, path) = examples();
    for (name, more) in [("full", &[][..]), ("lora", &["--lora-rank", "4", "--targets", "query,value"])] {
        let [whole, parts] = ["whole", "parts"].map(|part| folder.path().join(format!("{name}-{part}")));
        let with = |words: &[&'static str]| [more, words].concat();
        succeeds(&mut finetune(&model, &path, &whole, &with(&["--steps", "8"])));
        // What it was trained for is in its schedule: so it is stopped, and not trained less.
        succeeds(&mut finetune(&model, &path, &parts, &with(&["--steps", "8"])));
        let ended = bytes(&parts);
        fs::copy(parts.join("step-000000006.safetensors"), parts.join("checkpoint.safetensors")).unwrap();
        assert_ne!(bytes(&parts), ended);
        succeeds(&mut finetune(&model, &path, &parts, &with(&["--steps", "8", "--resume"])));
        assert_eq!(bytes(&parts), ended, "{name}");
        assert_eq!(bytes(&whole), ended, "{name}");
    }
}

#[test]
fn what_was_tuned_can_write_and_adapters_are_files_of_their_own() {
    let (folder, model, path) = examples();
    let out = folder.path().join("lora");
    let told = succeeds(&mut finetune(&model, &path, &out, &["--steps", "3", "--lora-rank", "2"]));
    let told = String::from_utf8_lossy(&told.stderr).into_owned();
    // 2 blocks, rank 2: four matrices of 32 + 32, two of 32 + 128.
    assert!(told.contains("2304 parameters to train of"), "{told}");
    assert!(told.contains("27 examples to learn from, 3 held out"), "{told}");
    for file in ["adapter_config.json", "adapter_model.safetensors", "merged/checkpoint.safetensors"] {
        assert!(out.join(file).exists(), "{file}");
    }
    let merged = out.join("merged");
    let write =
        ["generate", "--tokens", "5", "--prompt", "How many? 7\n\n", "--model", merged.to_str().unwrap()];
    succeeds(&mut mini_gpt(&write));
    // The base is as it was.
    let before = bytes(&model);
    let full = folder.path().join("full");
    succeeds(&mut finetune(&model, &path, &full, &["--steps", "3", "--loss", "all", "--json"]));
    assert_eq!(bytes(&model), before);
    succeeds(&mut mini_gpt(&["generate", "--tokens", "5", "--model", full.to_str().unwrap()]));
}

#[test]
fn what_makes_no_sense_is_refused_in_one_line() {
    let (folder, model, path) = examples();
    let out = folder.path().join("new");
    for (words, expected) in [
        (&["--lora-rank", "0"][..], "a rank of 0 makes no sense: give 1 to 32"),
        (&["--lora-rank", "33"], "a rank of 33 makes no sense: give 1 to 32"),
        (&["--lora-rank", "2", "--lora-alpha", "nan"], "an alpha of NaN makes no sense"),
        (&["--lora-rank", "2", "--targets", "c_attn"], "c_attn"),
        (&["--targets", "query"], "--lora-rank"),
        (&["--steps", "0"], "--steps 0 is out of range"),
        (&["--lr", "nan"], "--lr NaN is out of range"),
        (&["--batch", "0"], "--batch 0 is out of range"),
        (&["--resume"], "cannot read"),
    ] {
        refused(&mut finetune(&model, &path, &out, words), expected);
    }
    // No story is so short.
    let mut stories =
        mini_gpt(&["finetune", "--model", model.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    refused(&mut stories, "hardly any story fits 64 tokens together with its instruction");
    for (text, expected) in [
        ("{\"prompt\": \"a\", \"completion\": \"\"}\n", "line 1 is no example: its completion is empty"),
        ("{\"prompt\": \"a\"}\n", "line 1 is no example: missing field `completion`"),
        ("Once upon a time\n", "line 1 is no example: expected"),
        ("", "there are no examples: give one at least"),
        ("{\"prompt\": \"a\", \"completion\": \"b\"}\n", "give two at least, one of them to judge by"),
    ] {
        let bad = folder.path().join("bad.jsonl");
        fs::write(&bad, text).unwrap();
        refused(&mut finetune(&model, &bad, &out, &[]), expected);
    }
    refused(&mut finetune(&model, &folder.path().join("none"), &out, &[]), "the examples of ");
    refused(&mut finetune(&folder.path().join("none"), &path, &out, &[]), "cannot read");
    assert!(!out.join("checkpoint.safetensors").exists(), "nothing was written");
}

#[test]
fn a_run_goes_on_with_what_it_was_trained_with_or_not_at_all() {
    let (folder, model, path) = examples();
    let out = folder.path().join("adapted");
    let lora = ["--steps", "3", "--lora-rank", "2"];
    succeeds(&mut finetune(&model, &path, &out, &lora));
    refused(&mut finetune(&model, &path, &out, &lora), "already holds a run");
    let resumed = |model: &Path, path: &Path, words: &[&str]| {
        let mut command = finetune(model, path, &out, words);
        command.arg("--resume");
        command
    };
    succeeds(&mut resumed(&model, &path, &lora));
    let other = "the examples, the model or the adapters are not those";
    refused(&mut resumed(&model, &path, &["--steps", "3", "--lora-rank", "3"]), other);
    refused(&mut resumed(&model, &path, &["--steps", "3"]), other);
    refused(&mut resumed(&model, &path, &["--steps", "3", "--lora-rank", "2", "--loss", "all"]), other);
    refused(
        &mut resumed(&model, &path, &["--steps", "3", "--lora-rank", "2", "--lr", "0.5"]),
        "--lr 0.5 differs",
    );
    let text = fs::read_to_string(&path).unwrap().replace("bottles", "barrels");
    let changed = folder.path().join("changed.jsonl");
    fs::write(&changed, text).unwrap();
    refused(&mut resumed(&model, &changed, &lora), other);
    // Another model: one that was tuned.
    let tuned = folder.path().join("tuned");
    succeeds(&mut finetune(&model, &path, &tuned, &["--steps", "3"]));
    refused(&mut resumed(&tuned, &path, &lora), other);
}
