//! What the program prints against Hugging Face's `transformers`, and what it says of folders that
//! are none.

#[path = "../../../chapters/15-gpt2/tests/fixture/mod.rs"]
mod fixture;

use fixture::{Expected, changed, distance, folder};
use safetensors::tensor::Dtype;
use std::path::Path;
use std::process::Command;

fn gpt2(arguments: &[&str], model: &Path) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_gpt2"))
        .args(arguments)
        .arg("--model")
        .arg(model)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_program_prints_what_the_library_computes() {
    let expected = Expected::load();
    let ids = expected.ids("ids").iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let json = |arguments: &[&str]| -> serde_json::Value {
        let (status, out, error) = gpt2(arguments, &folder());
        assert_eq!(status, Some(0), "{error}");
        serde_json::from_str(&out).unwrap()
    };
    let logits = json(&["logits", "--ids", &ids, "--json"]);
    let rows = logits["logits"].as_array().unwrap();
    assert_eq!(rows.len(), 24);
    let numbers: Vec<f32> =
        rows.iter().flat_map(|row| row.as_array().unwrap()).map(|x| x.as_f64().unwrap() as f32).collect();
    assert!(distance(&numbers, &expected.numbers("logits")) < 1e-5);
    let loss = json(&["loss", "--ids", &ids, "--json"])["loss"].as_f64().unwrap();
    assert!((loss - f64::from(expected.numbers("loss")[0])).abs() < 1e-4);
    let written = json(&["generate", "--ids", &ids, "--tokens", "100", "--greedy", "--json"]);
    let written_ids: Vec<usize> =
        written["ids"].as_array().unwrap().iter().map(|id| id.as_u64().unwrap() as usize).collect();
    assert_eq!(written_ids, expected.ids("greedy"));
    assert!(written["text"].is_null(), "the folder has no tokenizer");
    let (status, out, _) = gpt2(&["generate", "--ids", "1,2", "--tokens", "3", "--explain"], &folder());
    assert_eq!((status, out.lines().count()), (Some(0), 3));
    assert!(out.contains("rank "), "{out}");
}

#[test]
fn wrong_and_damaged_folders_get_one_line() {
    let refused = |arguments: &[&str], model: &Path, expected: &str| {
        let (status, out, error) = gpt2(arguments, model);
        assert_eq!((status, out.as_str(), error.lines().count()), (Some(2), "", 1), "{error}");
        assert!(error.starts_with("gpt2: ") && error.contains(expected), "{expected:?} is not in: {error}");
    };
    let logits = ["logits", "--ids", "1,2", "--json"];
    refused(&logits, Path::new("/no/such/folder"), "cannot read /no/such/folder/config.json");
    refused(&["logits", "--ids", "1,1000"], &folder(), "token id 1000 is outside");
    refused(&["logits", "--ids", "1,x"], &folder(), "is no token id");
    refused(&["loss", "--ids", "7"], &folder(), "a loss needs two");
    refused(&["loss", "--ids", &vec!["1"; 513].join(",")], &folder(), "the model has 512 positions");
    refused(&["loss", "--prompt", "text"], &folder(), "vocab.json");
    refused(&["generate"], &folder(), "--ids");
    refused(&["generate", "--ids", "1", "--top-k", "0"], &folder(), "--top-k 0 is out of range");

    let whole = |name: String, shape: Vec<usize>, bytes: Vec<u8>| Some((name, Dtype::F32, shape, bytes));
    let damaged = changed(whole);
    let path = damaged.path().join("model.safetensors");
    let good = std::fs::read(&path).unwrap();
    for (bytes, expected) in [
        (&good[..good.len() - 10], "cut off"),
        (&good[..5], "cut off or no safetensors"),
        (b"not a safetensors file", "no safetensors file"),
        (&[&good[..], b"more"].concat(), "cut off or damaged"),
    ] {
        std::fs::write(&path, bytes).unwrap();
        refused(&logits, damaged.path(), expected);
    }
    std::fs::remove_file(&path).unwrap();
    refused(&logits, damaged.path(), "cannot read");
    let lacking = changed(|name, shape, bytes| {
        whole(name, shape, bytes).filter(|(name, ..)| !name.contains("h.3.mlp.c_fc.bias"))
    });
    refused(&logits, lacking.path(), "no tensor transformer.h.3.mlp.c_fc.bias");
    let foreign = changed(|name, shape, bytes| whole(name.replace("ln_f.bias", "ln_g.bias"), shape, bytes));
    refused(&logits, foreign.path(), "no tensor transformer.ln_f.bias");
    let turned = changed(|name, mut shape, bytes| {
        if name.contains("c_fc.weight") {
            shape.reverse();
        }
        whole(name, shape, bytes)
    });
    refused(&logits, turned.path(), "has the shape [128, 32], the config says [32, 128]");
    let whole_numbers = changed(|name, shape, bytes| {
        let dtype = if name.contains("ln_f.bias") { Dtype::I32 } else { Dtype::F32 };
        Some((name, dtype, shape, bytes))
    });
    refused(&logits, whole_numbers.path(), "ln_f.bias is of type I32, not F32, F16 or BF16");
    let infinite = changed(|name, shape, mut bytes| {
        if name.contains("ln_f.weight") {
            bytes[..4].copy_from_slice(&f32::INFINITY.to_le_bytes());
        }
        whole(name, shape, bytes)
    });
    refused(&logits, infinite.path(), "holds inf");

    let other = tempfile::tempdir().unwrap();
    let config = std::fs::read_to_string(folder().join("config.json")).unwrap();
    std::fs::write(other.path().join("config.json"), config.replace("\"n_layer\": 5", "\"n_layer\": 6"))
        .unwrap();
    refused(&logits, other.path(), "no model of this size is compiled in (6 layers");
}
