//! Folders as other programs write them today, and command lines as people do.

use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/gpt2")
}

/// The fixture's model with a vocabulary of the bytes and one merge, in today's file.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["config.json", "model.safetensors"] {
        fs::copy(fixture().join(name), folder.path().join(name)).unwrap();
    }
    fs::write(folder.path().join("tokenizer.json"), vocabulary().to_string()).unwrap();
    folder
}

fn vocabulary() -> serde_json::Value {
    let prints = |byte: &u32| matches!(byte, 33..=126 | 161..=172 | 174..=255);
    let others = (0..256).filter(|byte| !prints(byte)).count() as u32;
    let characters = (0..256).filter(prints).chain(0x100..0x100 + others);
    let mut ids: BTreeMap<String, usize> =
        characters.zip(0..).map(|(c, id)| (char::from_u32(c).unwrap().to_string(), id)).collect();
    ids.insert("he".to_owned(), 256);
    json!({"version": "1.0", "model": {"type": "BPE", "vocab": ids, "merges": [["h", "e"]]}})
}

/// Changes a file of JSON.
fn edit(path: &Path, change: impl FnOnce(&mut serde_json::Value)) {
    let mut file = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    change(&mut file);
    fs::write(path, file.to_string()).unwrap();
}

fn gpt2(command: &str, model: &Path, arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_gpt2"));
    program.arg(command).arg("--model").arg(model).args(arguments);
    program
}

fn succeeds(command: &mut Command) -> Vec<u8> {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn ends(command: &mut Command, status: i32, expected: &str) {
    let Output { status: code, stdout, stderr } = command.output().unwrap();
    let message = String::from_utf8_lossy(&stderr).into_owned();
    assert_eq!((code.code(), message.lines().count()), (Some(status), 1), "{command:?}: {message}");
    assert!(
        message.starts_with("gpt2: ") && message.contains(expected),
        "{expected:?} is not in: {message}"
    );
    assert!(stdout.is_empty(), "{}", String::from_utf8_lossy(&stdout));
}

fn refused(command: &mut Command, expected: &str) {
    ends(command, 2, expected);
}

/// The tensors of a file of weights, in two files and an index.
fn in_shards(folder: &Path) {
    let whole = folder.join("model.safetensors");
    let bytes = fs::read(&whole).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let mut names = file.names();
    names.sort_unstable();
    let mut places = BTreeMap::new();
    for (i, names) in names.chunks(names.len().div_ceil(2)).enumerate() {
        let shard = format!("model-0000{}-of-00002.safetensors", i + 1);
        let tensors = names.iter().map(|name| (name.to_string(), file.tensor(name).unwrap()));
        fs::write(folder.join(&shard), safetensors::serialize(tensors, None).unwrap()).unwrap();
        places.extend(names.iter().map(|name| (name.to_string(), shard.clone())));
    }
    fs::write(folder.join("model.safetensors.index.json"), json!({"weight_map": places}).to_string())
        .unwrap();
    fs::remove_file(whole).unwrap();
}

#[test]
fn a_model_in_shards_is_the_same_model() {
    let folder = folder();
    let logits = |folder: &Path| succeeds(&mut gpt2("logits", folder, &["--ids", "1,2,3", "--json"]));
    let whole = logits(folder.path());
    in_shards(folder.path());
    assert!(logits(folder.path()) == whole);

    let index = folder.path().join("model.safetensors.index.json");
    let good = fs::read(&index).unwrap();
    let refused_as = |change: &dyn Fn(&mut serde_json::Value), expected: &str| {
        edit(&index, |file| change(&mut file["weight_map"]));
        refused(&mut gpt2("loss", folder.path(), &["--ids", "1,2"]), expected);
        fs::write(&index, &good).unwrap();
    };
    let (table, first) = ("transformer.wte.weight", "model-00001-of-00002.safetensors");
    refused_as(&|map| map[table] = first.into(), "does not hold the tensor transformer.wte.weight");
    refused_as(&|map| map["more"] = first.into(), "does not hold the tensor more");
    refused_as(&|map| map[table] = "../model.safetensors".into(), "is not a file beside it");
    refused_as(&|map| map[table] = "/etc/passwd".into(), "is not a file beside it");
    refused_as(&|map| map[table] = "other.safetensors".into(), "cannot read");
    refused_as(&|map| *map = json!([1]), "index.json does not hold GPT-2's weights");
    let shard = folder.path().join(first);
    let good = fs::read(&shard).unwrap();
    fs::copy(fixture().join("model.safetensors"), &shard).unwrap();
    refused(&mut gpt2("loss", folder.path(), &["--ids", "1,2"]), "two shards hold a tensor transformer.");
    fs::write(&shard, good).unwrap();
    // A shard whose download was interrupted.
    let bytes = fs::read(&shard).unwrap();
    for left in [0, 5, 100, bytes.len() - 10] {
        fs::write(&shard, &bytes[..left]).unwrap();
        refused(&mut gpt2("loss", folder.path(), &["--ids", "1,2"]), "a shard of");
    }
}

#[test]
fn tensors_that_a_gpt2_has_not_are_named() {
    let folder = folder();
    let path = folder.path().join("model.safetensors");
    let bytes = fs::read(&path).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    for (name, rows, expected) in [
        (
            "lm_head.weight",
            1024,
            "lm_head.weight, has the shape [1024, 32], and its token embedding, transformer.wte.weight, [1000, 32]",
        ),
        ("lm_head.weight", 1000, "its output layer, lm_head.weight, differs from its token embedding"),
        (
            "transformer.h.0.more",
            1,
            "it has a tensor transformer.h.0.more that a GPT-2 of this size has not",
        ),
    ] {
        let zeros = vec![0; rows * 32 * 4];
        let more = TensorView::new(Dtype::F32, vec![rows, 32], &zeros).unwrap();
        let tensors = file.tensors().into_iter().chain([(name.to_owned(), more)]);
        fs::write(&path, safetensors::serialize(tensors, None).unwrap()).unwrap();
        refused(&mut gpt2("loss", folder.path(), &["--ids", "1,2"]), expected);
    }
}

#[test]
fn a_text_ends_at_any_of_several_tokens() {
    let folder = folder();
    let write = |more: &[&str]| -> Vec<u64> {
        let arguments = [&["--ids", "1,2", "--greedy", "--tokens", "20", "--json"], more].concat();
        let written = succeeds(&mut gpt2("generate", folder.path(), &arguments));
        let written: serde_json::Value = serde_json::from_slice(&written).unwrap();
        written["ids"].as_array().unwrap().iter().map(|id| id.as_u64().unwrap()).collect()
    };
    edit(&folder.path().join("config.json"), |config| config["eos_token_id"] = json!(null));
    let all = write(&[]);
    assert_eq!(all.len(), 20);
    let end = all[7];
    let first = all.iter().position(|&id| id == end).unwrap();
    for ends in [json!(end), json!([999, end])] {
        edit(&folder.path().join("config.json"), |config| config["eos_token_id"] = ends);
        assert_eq!(write(&[]), all[..=first]);
    }
}

#[test]
fn what_a_folder_lacks_is_said() {
    let folder = folder();
    fs::remove_file(folder.path().join("tokenizer.json")).unwrap();
    let text = ["--prompt", "he"];
    refused(&mut gpt2("tokens", folder.path(), &text), "vocab.json and merges.txt, or tokenizer.json");
    // Half of the older pair is no vocabulary either.
    fs::write(folder.path().join("vocab.json"), "{}").unwrap();
    refused(&mut gpt2("tokens", folder.path(), &text), "vocab.json and merges.txt, or tokenizer.json");
    fs::remove_file(folder.path().join("model.safetensors")).unwrap();
    refused(&mut gpt2("loss", folder.path(), &["--ids", "1,2"]), "shards");
}

#[test]
fn the_value_of_an_option_is_whatever_stands_behind_it() {
    let folder = folder();
    for prompt in ["- Hello", "--json", "---", "-1", "-"] {
        let ids = succeeds(&mut gpt2("tokens", folder.path(), &["--prompt", prompt]));
        assert_eq!(String::from_utf8(ids).unwrap().lines().count(), prompt.len());
        let more = ["--tokens", "3", "--stop", prompt, "--prompt", prompt];
        assert!(succeeds(&mut gpt2("generate", folder.path(), &more)).starts_with(prompt.as_bytes()));
    }
    edit(&folder.path().join("config.json"), |config| config["eos_token_id"] = json!([7, 8]));
    for command in ["generate", "logits", "loss"] {
        refused(
            &mut gpt2(command, folder.path(), &["--prompt", ""]),
            "or --ids 7, the token that parts texts",
        );
        refused(&mut gpt2(command, folder.path(), &["--ids", ""]), "\"\" is no token id");
        refused(&mut gpt2(command, folder.path(), &["--ids", "-1"]), "\"-1\" is no token id");
        refused(&mut gpt2(command, folder.path(), &["--ids", "1,,2"]), "\"\" is no token id");
    }
    assert!(succeeds(&mut gpt2("tokens", folder.path(), &["--prompt", ""])).is_empty());
    for (option, value) in [("--top-p", "nan"), ("--temperature", "-1"), ("--beams", "100000000")] {
        refused(&mut gpt2("generate", folder.path(), &["--prompt", "he", option, value]), option);
    }
}

#[cfg(unix)]
#[test]
fn names_may_have_any_bytes_and_texts_are_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder();
    let name = std::ffi::OsStr::from_bytes(b"mod\xe8le\xff");
    let model = folder.path().join("x").with_file_name(name);
    fs::create_dir(&model).unwrap();
    for file in ["config.json", "model.safetensors", "tokenizer.json"] {
        fs::rename(folder.path().join(file), model.join(file)).unwrap();
    }
    succeeds(&mut gpt2("loss", &model, &["--prompt", "hehe"]));
    refused(gpt2("loss", &model, &["--prompt"]).arg(name), "UTF-8");
}

/// The commands that print a result.
fn commands(model: &Path) -> Vec<Command> {
    let text = ["--prompt", "hehe\nhe"];
    let mut all = vec![gpt2("--help", model, &[]), gpt2("--version", model, &[])];
    for command in ["logits", "loss", "generate", "tokens"] {
        all.push(gpt2(command, model, &text));
        all.push(gpt2(command, model, &[&text[..], &["--json"]].concat()));
    }
    all.push(gpt2("generate", model, &[&text[..], &["--explain"]].concat()));
    all.push(gpt2("generate", model, &["--ids", "1", "--beams", "2", "--tokens", "2"]));
    all.push(gpt2("info", model, &[]));
    all.push(gpt2("info", model, &["--json"]));
    all
}

#[test]
fn a_closed_pipe_ends_every_command_in_silence() {
    let folder = folder();
    for mut command in commands(folder.path()) {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output =
            command.stdout(writer).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), message.as_str()), (Some(0), ""), "{command:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_a_failure_of_every_command() {
    let folder = folder();
    for mut command in commands(folder.path()) {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        ends(command.stdout(full), 1, "cannot write the result: No space left on device");
    }
}
