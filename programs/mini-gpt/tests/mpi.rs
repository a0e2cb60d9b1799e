//! Several processes train one model: `cargo test -p mini-gpt --features mpi --test mpi`, where OpenMPI is.

mod program;

use program::{succeeds, text, train};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// `mini-gpt train` in so many processes, however few cores there are, and though root start it.
fn together(processes: usize, text: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = mpirun();
    with(&mut command, processes, &train(text, out, more));
    command
}

fn mpirun() -> Command {
    let mut command = Command::new("mpirun");
    command.arg("--oversubscribe").env("OMPI_ALLOW_RUN_AS_ROOT", "1");
    command.env("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    command
}

/// Adds `processes` of `program` to what `mpirun` starts.
fn with(mpirun: &mut Command, processes: usize, program: &Command) {
    mpirun.args(["-n", &processes.to_string()]).arg(program.get_program()).args(program.get_args());
}

fn losses(output: &Output, event: &str, name: &str) -> Vec<f64> {
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("every line is JSON"));
    lines.filter(|line| line["event"] == event).map(|line| line[name].as_f64().unwrap()).collect()
}

fn bytes(run: &Path) -> Vec<u8> {
    fs::read(run.join("checkpoint.safetensors")).unwrap()
}

/// The lines of the program, without what `mpirun` adds.
fn said(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    text.lines().filter(|line| line.starts_with("mini-gpt: ")).map(str::to_owned).collect()
}

#[test]
fn processes_train_as_one_does() {
    let (folder, text) = text();
    let run = |name: &str| folder.path().join(name);
    let options = ["--steps", "40", "--lr", "0.01", "--json"];
    let one = succeeds(&mut train(&text, &run("one"), &options));
    for processes in [2, 4] {
        let name = processes.to_string();
        let several = succeeds(&mut together(processes, &text, &run(&name), &options));
        for (event, loss, count) in [("step", "train_loss", 40), ("eval", "val_loss", 8)] {
            let (a, b) = (losses(&one, event, loss), losses(&several, event, loss));
            // One process tells of every step, once.
            assert_eq!((a.len(), b.len()), (count, count));
            for (step, (a, b)) in a.iter().zip(b).enumerate() {
                // Sums in another order, forty steps of 0.01 long.
                assert!((a - b).abs() < 2e-3, "{processes} processes, {event} {step}: {a} {b}");
            }
        }
        // What several processes have begun, one may finish;
        succeeds(&mut train(&text, &run(&name), &["--steps", "45", "--resume"]));
    }
    // and the other way round.
    succeeds(&mut together(2, &text, &run("one"), &["--steps", "45", "--resume"]));
}

/// The process of this rank that `mpirun` has started, once it is there.
fn pid(mpirun: &Child, rank: usize) -> Option<u32> {
    let children = fs::read_to_string(format!("/proc/{0}/task/{0}/children", mpirun.id())).ok()?;
    let is = |pid: &u32| {
        let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        let wanted = format!("OMPI_COMM_WORLD_RANK={rank}");
        environment.split(|byte| *byte == 0).any(|variable| variable == wanted.as_bytes())
    };
    children.split_whitespace().filter_map(|pid| pid.parse().ok()).find(is)
}

/// Waits until a run has been judged for the first time.
fn wait_for(best: &Path) {
    let begun = Instant::now();
    while !best.exists() {
        assert!(begun.elapsed() < Duration::from_mins(1), "nothing is saved after a minute");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A run of 400 steps in two processes, to which `harm` is done on the way, and what it ended with.
fn harmed(text: &Path, out: &Path, harm: impl FnOnce(&Child)) -> Output {
    let mut command = together(2, text, out, &STEPS);
    let run = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    wait_for(&out.join("best.safetensors"));
    harm(&run);
    run.wait_with_output().unwrap()
}

const STEPS: [&str; 4] = ["--steps", "400", "--dropout", "0.1"];

fn kill(signal: &str, pid: u32) {
    assert!(Command::new("kill").args([signal, &pid.to_string()]).status().unwrap().success());
}

/// Ends as a run that nothing has happened to.
fn resumes(text: &Path, out: &Path, whole: &Path) {
    succeeds(together(2, text, out, &STEPS).arg("--resume"));
    assert!(bytes(whole) == bytes(out), "the resumed run ended with other bytes");
}

#[test]
fn a_killed_process_ends_all_and_the_run_resumes_to_the_same_bytes() {
    let (folder, text) = text();
    let run = |name: &str| -> PathBuf { folder.path().join(name) };
    succeeds(&mut together(2, &text, &run("whole"), &STEPS));
    for rank in [1, 0] {
        let out = run(&format!("killed-{rank}"));
        let output = harmed(&text, &out, |run| {
            kill("-KILL", pid(run, rank).expect("both processes are there"));
        });
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && message.contains("exited on signal 9"), "{message}");
        resumes(&text, &out, &run("whole"));
    }
    let out = run("stopped");
    let output = harmed(&text, &out, |run| kill("-INT", run.id()));
    assert!(!output.status.success());
    resumes(&text, &out, &run("whole"));
}

#[test]
fn wrong_use_is_refused_in_one_line() {
    let (folder, text) = text();
    let [out, other] = ["run", "other"].map(|name| folder.path().join(name));
    let refused = |command: &mut Command, expected: &str| {
        let output = command.output().unwrap();
        let said = said(&output);
        assert!(said.len() == 1 && said[0].contains(expected), "{expected:?} is not {said:?}");
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    };
    refused(&mut together(3, &text, &out, &[]), "--batch 4 cannot be shared out evenly among 3 processes");
    refused(&mut together(2, &text, &out, &["--dropout", "2"]), "--dropout 2 is out of range");
    // Two processes that were told different things.
    let differ = |second: &Command, expected: &str| {
        let mut command = mpirun();
        with(&mut command, 1, &train(&text, &out, &[]));
        with(command.arg(":"), 1, second);
        refused(&mut command, expected);
    };
    differ(&train(&text, &other, &[]), "their folders differ");
    differ(&train(&text, &out, &["--lr", "0.5"]), "their settings differ");
    differ(&train(Path::new("/no/such/file"), &out, &[]), "cannot read /no/such/file");
    let longer = folder.path().join("longer.txt");
    fs::write(&longer, fs::read_to_string(&text).unwrap() + "and one more").unwrap();
    differ(&train(&longer, &out, &[]), "their texts differ");
    let mut eval = mpirun();
    with(&mut eval, 2, &program::mini_gpt(&["eval", "--model", "x"]));
    refused(&mut eval, "only `mini-gpt train` shares its work out among processes");
    assert!(!out.exists() && !other.exists(), "nothing was written");
    // What only the first process meets ends the others, too.
    let output = together(2, &text, Path::new("/dev/null/run"), &[]).output().unwrap();
    assert!(said(&output).len() == 1 && said(&output)[0].contains("cannot write /dev/null/run"));
    assert_eq!(output.status.code(), Some(1));
}
