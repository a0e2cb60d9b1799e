//! `config.json` of GPT-2.

use dfdx::prelude::Cpu;
use gpt2::{Config, Error, sizes};
use mini_gpt::LanguageModel;
use mini_gpt::sizes::Job;

/// Whether a model of these sizes is compiled in.
struct Known;

impl Job<Cpu> for Known {
    type Output = Result<(), Error>;

    fn with<M: LanguageModel<Cpu>>(self) -> Self::Output {
        assert_eq!(M::SHAPE.heads * M::SHAPE.head_dim, M::SHAPE.model);
        Ok(())
    }
}

/// Reads the file and looks for its size.
pub fn read(bytes: &[u8]) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("config.json"), bytes).expect("the folder can be written");
    let config = Config::load(folder.path());
    config.and_then(|config| sizes::run::<Cpu, _, _, _>(config.shape(), Known)).is_ok()
}
