//! The README's first command, `mini-gpt` without arguments: it trains, can be stopped, goes on, and
//! sets a finished run aside. Here it takes a few steps instead of thousands.

mod program;

use gpt::checkpoint::Checkpoint;
use program::{mini_gpt, succeeds};
use std::fs;
use std::path::Path;

/// `mini-gpt` as in a fresh clone at `folder`, with so many steps.
fn bare(folder: &Path, steps: &str) -> std::process::Command {
    let mut command = mini_gpt(&["--steps", steps]);
    command.current_dir(folder);
    command
}

#[cfg(unix)]
#[test]
fn the_bare_command_stops_goes_on_and_sets_aside_what_is_finished() {
    use std::process::{Command, Stdio};

    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join("runs/stories");
    let step = || Checkpoint::read(&run).unwrap().header.step;

    let first =
        bare(folder.path(), "1000000").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !Checkpoint::is_in(&run) {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(Command::new("kill").args(["-INT", &first.id().to_string()]).status().unwrap().success());
    let output = first.wait_with_output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(130), "{message}");
    let stopped = step();
    // Within the warm-up, in which the rate does not depend on the number of steps.
    assert!((1..90).contains(&stopped), "stopped at step {stopped}");

    // The same command goes on, and when it has ended it lets the model write.
    let steps = (stopped + 1).to_string();
    let output = succeeds(&mut bare(folder.path(), &steps));
    let (text, message) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr).into_owned());
    assert!(!message.contains("finished run"), "{message}");
    assert_eq!(step(), stopped + 1);
    assert!(text.contains("Three of 8 stories that it wrote:"), "{text}");
    assert!(text.contains("0 of the 8 could have been told by the grammar"), "after a few steps: {text}");
    assert!(text.contains("--model runs/stories --prompt"), "{text}");
    assert!(run.join("loss.svg").exists());

    // Once more: the finished run is kept under another name, and a new one begins. It comes to the
    // same bytes as the one that was stopped and went on.
    let output = succeeds(&mut bare(folder.path(), &steps));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("The finished run before is now in runs/stories-1."), "{message}");
    let bytes = |run: &str| fs::read(folder.path().join(run).join("checkpoint.safetensors")).unwrap();
    let (stopped, whole) = (bytes("runs/stories-1"), bytes("runs/stories"));
    let tensors = |bytes: &[u8]| {
        let head = u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
        bytes[8 + head..].to_vec()
    };
    assert!(tensors(&stopped) == tensors(&whole), "the stopped run ended with other weights");
}

#[test]
fn the_hidden_number_of_steps_is_for_the_bare_command_alone() {
    program::refused(&mut mini_gpt(&["--steps", "3", "info", "--model", "runs"]), "cannot be used with");
}

#[test]
fn judging_says_in_words_what_it_says_in_json() {
    let (_folder, text, model) = program::trained();
    let eval = |more: &[&str]| {
        let mut command = mini_gpt(&["eval", "--model"]);
        command.arg(&model).arg("--corpus").arg(&text).args(more);
        String::from_utf8(succeeds(&mut command).stdout).unwrap()
    };
    let mut losses = Vec::new();
    for split in ["held-out", "train", "all"] {
        let score: serde_json::Value = serde_json::from_str(&eval(&["--split", split, "--json"])).unwrap();
        let [loss, perplexity, bits] =
            ["loss", "perplexity", "bits_per_char"].map(|name| score[name].as_f64().unwrap());
        let words = format!(
            "loss           {loss:.4} nats a token\nperplexity     {perplexity:.4}\nbits per char  {bits:.4}\n"
        );
        assert_eq!(eval(&["--split", split]), words);
        // A token of this model is a byte, and of this text a character.
        assert!((perplexity.ln() - loss).abs() < 1e-9 && (bits * 2_f64.ln() - loss).abs() < 1e-9);
        losses.push(loss);
    }
    assert_eq!(eval(&[]), eval(&["--split", "held-out"]), "which is judged if nothing is said");
    // All is made of both parts, nine to one, but for the windows at the seam.
    let mixed = 0.9 * losses[1] + 0.1 * losses[0];
    assert!((losses[2] - mixed).abs() < 1e-3, "{losses:?}");
    assert!((losses[0] - losses[1]).abs() > 1e-3, "{losses:?}: parts that cannot be told apart");
}

/// The run that README and title page quote: of the three stories that it shows, and of eight, the
/// grammar could have told as many as they say.
#[test]
fn of_the_kept_run_the_grammar_could_have_told_the_third_story_and_not_the_first_two() {
    let kept = include_str!("../default_run.txt");
    let (_, told) = kept.split_once("stories that it wrote:\n\n").unwrap();
    let stories: Vec<&str> = told.split("\n\n").take(3).collect();
    // A story ends with an empty line, which the program leaves out where it prints.
    let could = |story: &&str| language_models::story::read(&format!("{story}\n\n")).is_ok();
    assert_eq!(stories.iter().map(could).collect::<Vec<_>>(), [false, false, true]);
    assert!(stories[2].contains("called Olive"));
    // Two of eight are wrong, and they are these two.
    assert!(kept.contains("\n6 of the 8 could have been told by the grammar"));
}
