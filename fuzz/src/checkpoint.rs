//! Checkpoints of mini-gpt.

use dfdx::prelude::Cpu;
use gpt::checkpoint::{self, Checkpoint};
use gpt::corpus::Text;
use gpt::sizes::{Gpt2, Laptop, LaptopBpe, Shakespeare, Tiny};
use gpt::{Gpt, LanguageModel, Run, Settings};
use safetensors::SafeTensors;
use std::collections::HashMap;
use std::sync::OnceLock;
use tokens::Tokenizer;

gpt::sizes!(
    /// So small that the fuzzer can change every part of its file.
    pub Smallest { vocab: 256, context: 4, model: 4, heads: 2, head_dim: 2, hidden: 4, layers: 1 }
);

/// A model of these sizes.
pub type Mini = Gpt<Smallest>;

/// A good checkpoint.
pub fn good() -> &'static [u8] {
    static GOOD: OnceLock<Vec<u8>> = OnceLock::new();
    GOOD.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let text = Text {
            train: "abc".repeat(9),
            held_out: "abc".repeat(3),
            is_stories: false,
            changes: Vec::new(),
        };
        let settings =
            Settings { size: "tiny".to_owned(), context: 4, batch: 2, steps: 9, ..Settings::laptop() };
        let run = Run::<Mini>::new(settings, &text, &Cpu::default()).expect("bytes are not learned");
        let path = checkpoint::save(folder.path(), &run).expect("the folder can be written");
        std::fs::read(path).expect("it was written")
    })
}

/// A checkpoint as it is, or, of bytes that begin like JSON, the good one with this header: a
/// fuzzer rarely finds the right length for a header by itself.
pub fn read(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(header) if bytes.starts_with(b"{") => read_file(&with_header(header)),
        _ => read_file(bytes),
    }
}

fn with_header(header: &str) -> Vec<u8> {
    let good = SafeTensors::deserialize(good()).expect("it is good");
    safetensors::serialize(
        good.tensors(),
        Some(HashMap::from([("mini-gpt".to_owned(), header.to_owned())])),
    )
    .expect("its tensors are good")
}

fn read_file(bytes: &[u8]) -> bool {
    let read = || Checkpoint::of("fuzzed".into(), bytes.to_vec());
    let Ok(checkpoint) = read() else { return false };
    // What `mini-gpt info` prints.
    let shape = checkpoint.header.shape;
    let _ = (shape.total(), shape.parameters());
    // A model of any size that the file may name.
    let _ = gpt::with_model!(
        shape,
        Cpu,
        [Tiny, Laptop, LaptopBpe, Shakespeare, Gpt2],
        M => read().and_then(|it| it.restore::<Cpu, M>(&Cpu::default()).map(drop))
    );
    let Ok(run) = checkpoint.restore::<Cpu, Mini>(&Cpu::default()) else { return false };
    let text = "abc \u{732b}\n\n";
    let ids = run.tokenizer.encode(text);
    assert_eq!(run.tokenizer.decode(&ids).expect("its own tokens"), text.as_bytes());
    let prompt = run.prompt("a");
    let scores = run.model.next_logits(&prompt[..prompt.len().min(4)]);
    assert_eq!(scores.len(), 256);
    true
}
