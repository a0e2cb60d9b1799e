//! `mini-gpt align` as people meet it.

mod program;

use program::{mini_gpt, refused, succeeds, trained};
use std::fs;
use std::path::Path;
use std::process::Command;

fn align(model: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = mini_gpt(&["align", "--batch", "6", "--save-every", "2"]);
    command.arg("--model").arg(model).arg("--out").arg(out).args(more);
    command
}

#[test]
fn it_learns_from_rewards_and_goes_on_to_the_same_bytes() {
    let (folder, _, model) = trained();
    let at = |name: &str| folder.path().join(name);
    let rewards = ["--wanted", "e", "--updates", "2", "--beta", "0.01", "--json"];
    let told = |out: &Path, steps: &str, resume: &[&str]| -> Vec<serde_json::Value> {
        let output = succeeds(align(&model, out, &rewards).args(["--steps", steps]).args(resume));
        let lines = String::from_utf8(output.stdout).unwrap();
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let whole = told(&at("whole"), "4", &[]);
    assert_eq!(whole.len(), 4);
    for line in &whole {
        assert!(
            (0.0..=1.0).contains(&line["reward"].as_f64().unwrap()) && line["kl_bits"].is_f64(),
            "{line}"
        );
    }
    told(&at("parts"), "2", &[]);
    assert_eq!(told(&at("parts"), "4", &["--resume"]), whole[2..]);
    let bytes = |name: &str| fs::read(at(name).join("checkpoint.safetensors")).unwrap();
    assert!(bytes("whole") == bytes("parts"));
    // What came of it is a model as any other.
    succeeds(mini_gpt(&["generate", "--tokens", "5", "--model"]).arg(at("whole")));
    // It began with another model, or with other rewards.
    refused(
        align(&model, &at("parts"), &["--wanted", "x", "--updates", "2", "--beta", "0.01"])
            .args(["--steps", "8", "--resume"]),
        "the model, the rewards or the preferences are not those",
    );
    refused(&mut align(&at("whole"), &at("parts"), &rewards[..6]), "already holds a run");
    refused(
        align(&at("whole"), &at("parts"), &rewards[..6]).args(["--steps", "8", "--resume"]),
        "the model, the rewards or the preferences are not those",
    );
}

#[test]
fn it_learns_from_preferences() {
    let (folder, _, model) = trained();
    let (file, out) = (folder.path().join("pairs.jsonl"), folder.path().join("out"));
    fs::write(&file, "{\"prompt\": \"9\", \"chosen\": \"8\\n\", \"rejected\": \"x\"}\n{\"chosen\": \"a\", \"rejected\": \"b\"}\n").unwrap();
    let output = succeeds(
        align(&model, &out, &["--steps", "3", "--json", "--lr", "0.001", "--preferences"]).arg(&file),
    );
    let lines = String::from_utf8(output.stdout).unwrap();
    let losses: Vec<f64> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["loss"].as_f64().unwrap())
        .collect();
    assert!((losses[0] - std::f64::consts::LN_2).abs() < 1e-6 && losses[2] < losses[0], "{losses:?}");
}

#[test]
fn bad_input_gets_one_line() {
    let (folder, _, model) = trained();
    let (file, out) = (folder.path().join("pairs.jsonl"), folder.path().join("out"));
    for (text, expected) in [
        ("", "there are no examples"),
        ("{\"chosen\": \"a\"}", "line 1 is no example: missing field `rejected`"),
        ("{\"chosen\": \"a\", \"rejected\": \"\"}", "line 1 is no example: its rejected answer is empty"),
        ("{\"chosen\": \"a\", \"rejected\": \"a\"}", "both answers are the same"),
        (
            "{\"chosen\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"rejected\": \"a\"}",
            "the model has room for 17",
        ),
    ] {
        fs::write(&file, text).unwrap();
        refused(align(&model, &out, &["--preferences"]).arg(&file), expected);
    }
    refused(align(&model, &out, &["--preferences"]).arg(folder.path().join("none")), "none: ");
    for (more, expected) in [
        (["--beta", "-1"], "--beta -1 is out of range"),
        (["--beta", "NaN"], "--beta NaN is out of range"),
        (["--lr", "NaN"], "--lr NaN is out of range"),
        (["--updates", "0"], "--updates 0 is out of range"),
        (["--steps", "0"], "--steps 0 is out of range"),
        (["--wanted", ""], "--wanted \"\" is out of range"),
        // No story of the grammar has 16 letters.
        (["--steps", "9"], "none of 30 answers was rewarded"),
    ] {
        refused(&mut align(&model, &out, &more), expected);
        fs::remove_dir_all(&out).unwrap_or_default();
    }
}
