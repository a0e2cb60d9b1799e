//! Results and files as people need them: all of it or an error, readable by whom they say, and
//! nothing beside it.

mod program;

use dfdx::prelude::Cpu;
use gpt::checkpoint::Checkpoint;
use gpt::corpus::{Source, Text};
use gpt::sizes::Tiny;
use gpt::train::{Budget, train as train_run};
use gpt::{Error, Gpt, Run};
use program::{mini_gpt, refused, succeeds, train, trained};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The commands that print a result.
fn commands(run: &Path, text: &Path) -> Vec<Command> {
    let (run, text) = (run.to_str().unwrap(), text.to_str().unwrap());
    let generate = ["generate", "--model", run, "--tokens", "200", "--prompt"];
    let mut all = vec![
        mini_gpt(&["--help"]),
        mini_gpt(&["train", "--help"]),
        mini_gpt(&["--version"]),
        mini_gpt(&["eval", "--model", run, "--corpus", text]),
        mini_gpt(&["eval", "--model", run, "--corpus", text, "--json"]),
        mini_gpt(&["info", "--model", run]),
        mini_gpt(&["info", "--model", run, "--json"]),
        mini_gpt(&["speed", "--size", "tiny", "--context", "8", "--write", "3"]),
        mini_gpt(&["speed", "--size", "tiny", "--context", "8", "--write", "3", "--json"]),
    ];
    for more in [&["a\nb"][..], &["", "--json"], &["", "--explain"], &["", "--beams", "2", "--stop", "e"]] {
        let mut command = mini_gpt(&generate);
        command.args(more);
        all.push(command);
    }
    all
}

/// What becomes of a command whose standard output nobody reads.
fn unheard(command: &mut Command) -> Output {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    command.stdout(writer).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap()
}

#[test]
fn a_closed_pipe_ends_every_command_in_silence() {
    let (_folder, text, out) = trained();
    for mut command in commands(&out, &text) {
        let output = unheard(&mut command);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), message.as_str()), (Some(0), ""), "{command:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_a_failure_of_every_command() {
    let (_folder, text, out) = trained();
    for mut command in commands(&out, &text) {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        program::fails(command.stdout(full), "cannot write the result: No space left on device");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn training_saves_before_it_fails_and_goes_on_when_nobody_listens() {
    let (folder, text) = program::text();
    let out = folder.path().join("full");
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    program::fails(train(&text, &out, &["--steps", "7", "--json"]).stdout(full), "cannot write the result");
    let step = |run: &Path| {
        let info = succeeds(mini_gpt(&["info", "--json", "--model"]).arg(run));
        serde_json::from_slice::<serde_json::Value>(&info.stdout).unwrap()["step"].as_u64()
    };
    assert_eq!(step(&out), Some(1), "what was done before the first line is kept");

    let out = folder.path().join("unheard");
    let output = unheard(&mut train(&text, &out, &["--steps", "7", "--json"]));
    assert_eq!((output.status.code(), step(&out)), (Some(0), Some(7)));
    // Nor need anybody read what it says on the way.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let out = folder.path().join("quiet");
    let status = train(&text, &out, &["--steps", "7"]).stderr(writer).status().unwrap();
    assert_eq!((status.code(), step(&out)), (Some(0), Some(7)));
}

#[cfg(unix)]
#[test]
fn files_may_be_read_by_whom_the_umask_says() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, text) = program::text();
    for (umask, expected) in [("022", 0o644), ("077", 0o600), ("002", 0o664)] {
        let out = folder.path().join(umask);
        let program = train(&text, &out, &["--steps", "6"]);
        let mut masked = Command::new("sh");
        masked.args(["-c", &format!("umask {umask}; exec \"$@\""), "sh"]);
        succeeds(masked.arg(program.get_program()).args(program.get_args()));
        let files: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(files.len() >= 5, "{files:?}");
        for file in files {
            let mode = fs::metadata(&file).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, expected, "{mode:o} {}", file.display());
        }
    }
}

#[test]
fn what_killed_runs_leave_is_removed_by_the_next_and_nothing_else() {
    let (_folder, text, out) = trained();
    for name in [".tmp-mini-gpt-AbC123", ".tmpAbC123", "notes.txt"] {
        fs::write(out.join(name), "left").unwrap();
    }
    succeeds(&mut train(&text, &out, &["--steps", "6", "--resume"]));
    assert!(!out.join(".tmp-mini-gpt-AbC123").exists());
    assert!(out.join("notes.txt").exists() && out.join(".tmpAbC123").exists(), "that is somebody else's");
}

#[test]
fn a_run_does_not_go_back() {
    let (_folder, text, out) = trained();
    let file = out.join("checkpoint.safetensors");
    let good = (fs::read(&file).unwrap(), fs::metadata(&file).unwrap().modified().unwrap());
    refused(
        &mut train(&text, &out, &["--steps", "4", "--resume"]),
        "--steps 4 is less than the 5 that the run has done",
    );
    assert!((fs::read(&file).unwrap(), fs::metadata(&file).unwrap().modified().unwrap()) == good);
    succeeds(&mut train(&text, &out, &["--steps", "5", "--resume"]));
}

#[test]
fn a_run_that_another_program_has_carried_on_is_not_set_back() {
    let (_folder, text, out) = trained();
    // Read at step 5, as by a second terminal; then the first goes on, and ends.
    let mut run: Run<Gpt<Tiny>> = Checkpoint::read(&out).unwrap().restore(&Cpu::default()).unwrap();
    succeeds(&mut train(&text, &out, &["--steps", "8", "--resume"]));
    let path = out.join("checkpoint.safetensors");
    let good = fs::read(&path).unwrap();
    let text = Text::load(&Source::File(text)).unwrap();
    let went_on: Result<(), Error> = train_run(&mut run, &text, &out, Budget::Steps(6), |_| Ok(()));
    let error = went_on.unwrap_err();
    assert!(error.to_string().contains("another program has trained"), "{error}");
    assert!(fs::read(&path).unwrap() == good, "the checkpoint is that of step 8");
}
