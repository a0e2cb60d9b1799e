//! Command lines as people write them: text that looks like an option, numbers without measure,
//! names of any bytes.

mod program;

use program::{mini_gpt, refused, succeeds, train, trained};

#[test]
fn the_value_of_an_option_is_whatever_stands_behind_it() {
    let (folder, text, out) = trained();
    let model = out.to_str().unwrap();
    for prompt in ["- Hello", "-- said he", "--json", "---", "-1", "-", "--", "", "-é"] {
        let write = ["generate", "--model", model, "--tokens", "5", "--prompt", prompt];
        let written = succeeds(&mut mini_gpt(&write)).stdout;
        assert!(written.starts_with(prompt.as_bytes()), "{prompt:?}");
        let stop = ["generate", "--model", model, "--tokens", "5", "--prompt", "a", "--stop", prompt];
        succeeds(&mut mini_gpt(&stop));
    }
    std::fs::copy(&text, folder.path().join("--text")).unwrap();
    succeeds(
        mini_gpt(&["train", "--size", "tiny", "--steps", "1", "--batch", "1", "--context", "8"])
            .args(["--corpus", "--text", "--out", "--run"])
            .current_dir(folder.path()),
    );
    assert!(folder.path().join("--run/checkpoint.safetensors").exists());
    // An option that is none is still refused, and a number is asked for where one is missing.
    refused(&mut mini_gpt(&["generate", "--model", model, "--promt", "x"]), "--promt");
    refused(&mut mini_gpt(&["train", "--steps", "--json"]), "invalid value '--json' for '--steps <STEPS>'");
}

#[test]
fn numbers_of_zero_or_without_measure_are_refused_by_name() {
    let (folder, text, out) = trained();
    let (model, new) = (out.to_str().unwrap(), folder.path().join("new"));
    let most = usize::MAX.to_string();
    for (option, values) in [
        ("steps", &["0", "-1", "1.5", "", "99999999999999999999"][..]),
        ("batch", &["0", "-1", &most, "1000000000", "262145"]),
        ("context", &["0", "-1", "65", &most]),
        ("eval-every", &["0", "-5"]),
        ("lr", &["nan", "inf", "-inf", "-1", "1e999", "x"]),
        ("min-lr", &["nan", "inf", "-0.1"]),
        ("warmup", &["-1", "nan"]),
        ("dropout", &["1", "-0.1", "nan", "inf"]),
        ("weight-decay", &["nan", "-1", "inf"]),
        ("clip", &["0", "-1", "nan", "inf"]),
        ("seed", &["-1", "1e3", "18446744073709551616"]),
    ] {
        for value in values {
            let flag = format!("--{option}");
            let mut command = mini_gpt(&["train", "--size", "tiny"]);
            if option != "context" {
                command.args(["--context", "16"]);
            }
            refused(command.arg("--corpus").arg(&text).arg("--out").arg(&new).args([&flag, *value]), &flag);
        }
    }
    assert!(!new.exists(), "nothing was written");
    for (option, values) in [
        ("tokens", &["-1", "nan"][..]),
        ("temperature", &["nan", "inf", "-1", "-inf"]),
        ("top-k", &["0", "-1"]),
        ("top-p", &["0", "1.5", "nan", "-1"]),
        ("min-p", &["0", "1.5", "nan"]),
        ("repetition-penalty", &["0", "-1", "nan", "inf", "1e-320", "1e300"]),
        ("beams", &["0", "1001", &most]),
        ("seed", &["-1"]),
    ] {
        for value in values {
            let flag = format!("--{option}");
            refused(&mut mini_gpt(&["generate", "--model", model, &flag, value]), &flag);
        }
    }
    for (option, values) in [
        ("steps", &["0"][..]),
        ("batch", &["0", &most]),
        ("context", &["0", "1000"]),
        ("threads", &["0", "1000000", &most]),
        ("write", &["0"]),
    ] {
        for value in values {
            let flag = format!("--{option}");
            refused(&mut mini_gpt(&["speed", "--size", "tiny", "--context", "8", &flag, value][..]), &flag);
        }
    }
    refused(
        &mut mini_gpt(&["speed", "--size", "tiny", "--write", "3", "--context", "1000"]),
        "--context 1000",
    );
}

#[test]
fn numbers_at_the_edge_have_a_meaning() {
    let (folder, text, out) = trained();
    let model = out.to_str().unwrap();
    let most = usize::MAX.to_string();
    assert_eq!(
        succeeds(&mut mini_gpt(&["generate", "--model", model, "--prompt", "a", "--tokens", "0"])).stdout,
        b"a\n"
    );
    for more in [
        ["--temperature", "1e-320"],
        ["--temperature", "1e308"],
        ["--top-k", &most],
        ["--top-p", "1"],
        ["--top-p", "1e-320"],
        ["--min-p", "1"],
        ["--repetition-penalty", "0.001"],
        ["--seed", &most],
        ["--beams", "3"],
    ] {
        succeeds(mini_gpt(&["generate", "--model", model, "--tokens", "3"]).args(more));
    }
    for (i, more) in [
        ["--eval-every", &most],
        ["--warmup", &most],
        ["--lr", "0"],
        ["--clip", "1e-320"],
        ["--seed", &most],
    ]
    .iter()
    .enumerate()
    {
        let out = folder.path().join(format!("edge {i}"));
        let mut command = mini_gpt(&["train", "--size", "tiny", "--steps", "2", "--context", "16"]);
        succeeds(command.arg("--corpus").arg(&text).arg("--out").arg(&out).args(more));
    }
}

#[cfg(unix)]
#[test]
fn names_may_have_any_bytes_and_texts_are_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let (folder, text, out) = trained();
    let name = std::ffi::OsStr::from_bytes(b"na\xefve\xff \n-text");
    let (other, run) = (folder.path().join(name), folder.path().join("runs").join(name));
    std::fs::rename(&text, &other).unwrap();
    succeeds(train(&other, &run, &["--steps", "2", "--json"]).current_dir(folder.path()));
    let mut by_default =
        mini_gpt(&["train", "--size", "tiny", "--steps", "1", "--context", "8", "--corpus"]);
    let elsewhere = tempfile::tempdir().unwrap();
    succeeds(by_default.arg(&other).current_dir(elsewhere.path()));
    assert!(elsewhere.path().join("runs").join(name).join("checkpoint.safetensors").exists());
    succeeds(mini_gpt(&["eval", "--corpus"]).arg(&other).arg("--model").arg(&run));
    succeeds(mini_gpt(&["info", "--json", "--model"]).arg(&run));
    for option in ["--prompt", "--stop"] {
        refused(mini_gpt(&["generate", "--model"]).arg(&out).arg(option).arg(name), "UTF-8");
    }
}
