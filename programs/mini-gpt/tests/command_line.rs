//! The program as people meet it: bad input gets one line and exit 2, nothing is lost, and a killed
//! run ends as if it had not been.

mod program;

use gpt::checkpoint::Checkpoint;
use program::{fails, mini_gpt, refused, text, train};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

fn events(output: &Output) -> Vec<serde_json::Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect()
}

#[test]
fn training_prints_json_learns_and_can_be_judged() {
    let (folder, text) = text();
    let out = folder.path().join("run");
    let output = train(&text, &out, &["--steps", "60", "--lr", "0.01", "--json"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let events = events(&output);
    let of = |name: &str| events.iter().filter(|e| e["event"] == name).cloned().collect::<Vec<_>>();
    assert_eq!(of("step").len(), 60);
    let first = of("step")[0]["train_loss"].as_f64().unwrap();
    assert!((first - 256_f64.ln()).abs() < 0.2, "an untrained model's loss is ln 256, not {first}");
    let done = &of("done")[0];
    assert!(done["val_loss"].as_f64().unwrap() < 3.0, "{done}");
    assert!(of("eval")[0]["floor_bits_per_char"].is_null());
    assert!(Path::new(done["checkpoint"].as_str().unwrap()).exists() && out.join("loss.svg").exists());

    let model = out.to_str().unwrap();
    let eval = mini_gpt(&["eval", "--json", "--model", model, "--corpus", text.to_str().unwrap()])
        .output()
        .unwrap();
    let score: serde_json::Value = serde_json::from_slice(&eval.stdout).unwrap();
    assert_eq!(score["loss"], done["val_loss"], "evaluation gives what training gave at its end");

    let info = mini_gpt(&["info", "--json", "--model", model]).output().unwrap();
    let info: serde_json::Value = serde_json::from_slice(&info.stdout).unwrap();
    assert_eq!(info["config"]["layers"], 2);
    // 2 · (4 · 32² + 2 · 32 · 128) + 256 · 32 = 32,768 weights, and 2 · 32 numbers a key; 16 keys for the last
    // token of a context, 17 / 2 on average.
    let read = 2 * 32_768 + 4 * 64 * 16;
    let train = 3 * (2 * 32_768 + 2 * 64 * 17);
    assert_eq!(info["flops_per_token"], serde_json::json!({"forward": read, "training": train}));

    let write = || {
        mini_gpt(&["generate", "--model", model, "--prompt", "99 b", "--tokens", "40", "--seed", "3"])
            .output()
    };
    let (one, two) = (write().unwrap(), write().unwrap());
    assert!(one.status.success() && one.stdout.starts_with(b"99 b"));
    assert_eq!(one.stdout, two.stdout, "the same seed writes the same text");
    for word in ["temperature=-1", "top-k=0", "top-p=1.5", "min-p=0", "repetition-penalty=0"] {
        let flag = format!("--{word}");
        refused(&mut mini_gpt(&["generate", "--model", model, &flag]), word.split('=').next().unwrap());
    }
}

#[test]
fn a_killed_run_resumes_to_the_same_bytes() {
    let (folder, text) = text();
    let (whole, killed) = (folder.path().join("whole"), folder.path().join("killed"));
    // At a rate that does not depend on the number of steps: a run that is to be killed is given so many
    // that it cannot come to its end before, on any machine.
    let rate = ["--dropout", "0.1", "--lr", "0.002", "--min-lr", "0.002", "--warmup", "20"];
    let run = |out: &Path, steps: usize| {
        let mut command = train(&text, out, &rate);
        command.args(["--steps", &steps.to_string()]);
        if Checkpoint::is_in(out) {
            command.arg("--resume");
        }
        command
    };
    let step = || {
        let read = || Checkpoint::read(&killed).expect("at any moment the checkpoint is whole").header.step;
        if Checkpoint::is_in(&killed) { read() } else { 0 }
    };
    for kill in 0..24 {
        let before = step();
        // One in six is killed before it has done anything, the others when they have gone on for some
        // steps, and all a little later: in a step, or while a file is written.
        let wanted = if kill % 6 == 0 { before } else { before + 1 + kill * 7 % 24 };
        let mut child = run(&killed, 1_000_000).stderr(Stdio::null()).spawn().unwrap();
        while step() < wanted {
            assert!(child.try_wait().unwrap().is_none(), "the run ended after step {}", step());
            assert!(step() >= before, "a run that had come to step {before} is now at {}", step());
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_micros(500) * (kill as u32 * 5 % 24));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let steps = step() + 20;
    for out in [&whole, &killed] {
        let output = run(out, steps).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let bytes = |run: &Path| fs::read(run.join("checkpoint.safetensors")).unwrap();
    assert!(bytes(&whole) == bytes(&killed), "the killed run ended with other bytes");
    let names = |run: &Path| {
        let mut names: Vec<_> =
            fs::read_dir(run).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(names(&whole), names(&killed), "nothing is left lying about");
}

#[test]
fn ctrl_c_saves_exits_130_and_loses_nothing() {
    let (folder, text) = text();
    let (whole, stopped) = (folder.path().join("whole"), folder.path().join("stopped"));
    let steps = ["--steps", "600", "--dropout", "0.1"];
    assert!(train(&text, &whole, &steps).output().unwrap().status.success());
    let run = train(&text, &stopped, &steps).stderr(Stdio::piped()).spawn().unwrap();
    while !stopped.join("best.safetensors").exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap().success());
    let output = run.wait_with_output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(130), "{message}");
    assert!(message.lines().last().unwrap().starts_with("mini-gpt: interrupted at step"), "{message}");
    assert!(train(&text, &stopped, &steps).arg("--resume").output().unwrap().status.success());
    let bytes = |run: &Path| fs::read(run.join("checkpoint.safetensors")).unwrap();
    assert!(bytes(&whole) == bytes(&stopped), "the stopped run ended with other bytes");
}

#[test]
fn the_best_and_the_last_checkpoints_are_kept_and_can_be_used() {
    let (folder, text) = text();
    let out = folder.path().join("run");
    assert!(train(&text, &out, &["--steps", "30"]).output().unwrap().status.success());
    let mut names: Vec<String> = fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".safetensors"))
        .collect();
    names.sort_unstable();
    let steps = [20, 25, 30].map(|step| format!("step-{step:09}.safetensors"));
    assert_eq!(
        names,
        [&["best.safetensors".to_owned(), "checkpoint.safetensors".to_owned()], &steps[..]].concat()
    );
    let step = |name: &str| -> serde_json::Value {
        let output = mini_gpt(&["info", "--json", "--model"]).arg(out.join(name)).output().unwrap();
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()["step"].clone()
    };
    assert_eq!((step(&names[2]), step("checkpoint.safetensors")), (20.into(), 30.into()));
}

#[test]
fn a_run_that_diverges_stops_and_keeps_what_was_good() {
    let (folder, text) = text();
    let out = folder.path().join("run");
    assert!(train(&text, &out, &["--steps", "20"]).output().unwrap().status.success());
    let wild = folder.path().join("wild");
    let output = train(&text, &wild, &["--steps", "500", "--lr", "50", "--clip", "1000"]).output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.lines().last().unwrap().contains("try a smaller --lr"), "{message}");
    // What is left can be read.
    assert!(mini_gpt(&["info", "--model", wild.to_str().unwrap()]).output().unwrap().status.success());
}

#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing() {
    let (folder, text) = text();
    let out = folder.path().join("run");
    assert!(train(&text, &out, &["--steps", "5"]).output().unwrap().status.success());
    let file = out.join("checkpoint.safetensors");
    let good = fs::read(&file).unwrap();
    // No file may grow beyond some 50 kilobytes: writing fails in the middle, as on a full disk.
    let program = train(&text, &out, &["--resume", "--steps", "10"]);
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$@\"", "sh"]);
    limited.arg(program.get_program()).args(program.get_args());
    fails(&mut limited, "nothing that was saved before is lost");
    assert!(fs::read(&file).unwrap() == good, "the checkpoint is as it was");
    assert!(
        fs::read_dir(&out).unwrap().all(|entry| !entry
            .unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with(".tmp"))
    );
    assert!(train(&text, &out, &["--resume", "--steps", "10"]).output().unwrap().status.success());
}

#[test]
fn two_runs_cannot_share_a_folder() {
    let (folder, text) = text();
    let out = folder.path().join("run");
    let quiet = Stdio::null;
    let mut first =
        train(&text, &out, &["--steps", "1000000"]).stdout(quiet()).stderr(quiet()).spawn().unwrap();
    while !out.join("checkpoint.safetensors").exists() {
        assert!(first.try_wait().unwrap().is_none(), "the first run ended early");
        std::thread::sleep(Duration::from_millis(20));
    }
    refused(&mut train(&text, &out, &["--resume"]), "another program is training");
    first.kill().unwrap();
    first.wait().unwrap();
    // Its end, even a violent one, frees the folder.
    let mut second = train(&text, &out, &["--resume"]).stdout(quiet()).stderr(quiet()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert!(second.try_wait().unwrap().is_none(), "the second run goes on");
    second.kill().unwrap();
    second.wait().unwrap();
}

#[test]
fn bad_input_is_refused_in_one_line() {
    let (folder, good) = text();
    let path = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let out = folder.path().join("out");
    refused(&mut train(&path("empty", b""), &out, &[]), "is empty");
    refused(&mut train(&path("short", b"short"), &out, &[]), "needs at least 17");
    refused(&mut train(&path("latin1", b"caf\xe9 au lait"), &out, &[]), "not UTF-8");
    refused(&mut train(Path::new("/no/such/file"), &out, &[]), "cannot read /no/such/file");
    refused(&mut train(&good, &good, &[]), "is a file, and a run is kept in a folder");
    refused(&mut train(&good, &out, &["--dropout", "1.5"]), "--dropout 1.5 is out of range");
    fails(&mut train(&good, Path::new("/dev/null/run"), &[]), "cannot write /dev/null/run");
    refused(
        &mut mini_gpt(&["train", "--size", "enormous"]),
        "[possible values: tiny, laptop, laptop-bpe, shakespeare, gpt2] (see --help)",
    );
    refused(&mut mini_gpt(&["eval", "--model", "/no/such/run"]), "cannot read /no/such/run");
    assert!(!out.exists(), "nothing was written");
}

#[test]
fn a_run_is_not_overwritten_and_foreign_checkpoints_are_refused() {
    let (folder, text) = text();
    let out = folder.path().join("run");
    assert!(train(&text, &out, &["--steps", "5"]).output().unwrap().status.success());
    let file = out.join("checkpoint.safetensors");
    let good = fs::read(&file).unwrap();
    refused(&mut train(&text, &out, &["--steps", "5"]), "already holds a run");
    refused(&mut train(&text, &out, &["--resume", "--lr", "0.5"]), "--lr 0.5 differs from the run's 0.001");
    let other = folder.path().join("other.txt");
    fs::write(&other, "another text ".repeat(100)).unwrap();
    refused(&mut train(&other, &out, &["--resume"]), "not the one that this run was trained on");
    assert!(fs::read(&file).unwrap() == good, "a refused command left the checkpoint as it was");

    let model = out.to_str().unwrap();
    for (damage, expected) in [
        (good[..good.len() - 10].to_vec(), "damaged or no safetensors file"),
        (b"hello".to_vec(), "damaged or no safetensors file"),
        (foreign(), "written by another program"),
        (of_another_size(&good), "its model has the sizes"),
        (not_finite(&good), "NaN"),
    ] {
        fs::write(&file, damage).unwrap();
        refused(&mut mini_gpt(&["generate", "--model", model]), expected);
        refused(&mut train(&text, &out, &["--resume"]), "is no checkpoint of mini-gpt");
    }
}

/// A safetensors file of somebody else.
fn foreign() -> Vec<u8> {
    let bytes = 1_f32.to_le_bytes();
    let view = safetensors::tensor::TensorView::new(safetensors::Dtype::F32, vec![1], &bytes).unwrap();
    safetensors::serialize([("w", view)], None).unwrap()
}

/// The same checkpoint, but its header says that the model has three layers.
fn of_another_size(good: &[u8]) -> Vec<u8> {
    let two_layers = br#"\"layers\":2"#;
    let at =
        good.windows(two_layers.len()).position(|window| window == two_layers).expect("the header says so");
    let mut bytes = good.to_vec();
    bytes[at + two_layers.len() - 1] = b'3';
    bytes
}

/// The same checkpoint with its last number made NaN.
fn not_finite(good: &[u8]) -> Vec<u8> {
    let mut bytes = good.to_vec();
    let end = bytes.len();
    bytes[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
    bytes
}

/// Says that `mpirun` has started two processes, of which this is number `rank`.
fn in_two(command: &mut Command, rank: usize) -> &mut Command {
    command.env("OMPI_COMM_WORLD_SIZE", "2").env("OMPI_COMM_WORLD_RANK", rank.to_string())
}

#[test]
fn several_processes_do_not_each_do_all_of_the_work() {
    let (folder, text) = text();
    let out = folder.path().join("run");
    let commands = || {
        [mini_gpt(&["eval", "--model", "x"]), mini_gpt(&[]), mini_gpt(&["info", "--model", "x"])]
            .into_iter()
    };
    // What can train in several processes is tested by `mpi.rs`.
    let trains = || (!cfg!(feature = "mpi")).then(|| train(&text, &out, &["--steps", "5"]));
    for mut command in commands().chain(trains()) {
        refused(in_two(&mut command, 0), "mpirun has started 2 processes, but");
        let second = in_two(&mut command, 1).output().unwrap();
        assert_eq!((second.status.code(), second.stderr.len()), (Some(2), 0), "the second is silent");
    }
    assert!(!out.exists(), "nothing was written");
}
