//! Named sizes. A size is a type: its numbers are checked when the program is compiled.

use crate::model::{Gpt, LanguageModel};
use crate::parallel::Shareable;
use clap::ValueEnum;
use kernels::Kernels;
use serde::{Deserialize, Serialize};
use tokens::Bytes;

// ANCHOR: sizes
/// 2 layers, 2 heads, 32 wide, context 64: trains in seconds, for tests and first experiments.
pub type Tiny<D> = Gpt<{ Bytes::VOCABULARY }, 64, 32, 2, 16, 128, 2, f32, D>;

/// 4 layers, 4 heads, 128 wide: nanoGPT's setting for laptops, with room for contexts up to 256.
pub type Laptop<D> = Gpt<{ Bytes::VOCABULARY }, 256, 128, 4, 32, 512, 4, f32, D>;

/// The same with 1792 tokens of byte-pair encoding. The stories have so few words that most of them
/// are a token, and a window of 320 holds a whole story.
pub type LaptopBpe<D> = Gpt<1792, 320, 128, 4, 32, 512, 4, f32, D>;

/// 6 layers, 6 heads, 384 wide, context 256: nanoGPT's setting for Shakespeare on a GPU.
pub type Shakespeare<D> = Gpt<{ Bytes::VOCABULARY }, 256, 384, 6, 64, 1536, 6, f32, D>;

/// GPT-2's own size, 124 million parameters; its 50,257 tokens are learned from the text, which
/// must be large.
pub type Gpt2<D> = Gpt<50_257, 1024, 768, 12, 64, 3072, 12, f32, D>;
// ANCHOR_END: sizes

/// The size of a model, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Size {
    /// 2 layers, 2 heads, 32 wide, context up to 64
    Tiny,
    /// 4 layers, 4 heads, 128 wide, context up to 256
    Laptop,
    /// laptop with a vocabulary of 1792 tokens, learned from the text, and context up to 320
    LaptopBpe,
    /// 6 layers, 6 heads, 384 wide, context up to 256
    Shakespeare,
    /// 12 layers, 12 heads, 768 wide, context up to 1024, 50257 tokens learned from the text
    Gpt2,
}

/// Something to be done with a model whose size is known only when the program runs.
pub trait Job<D: Kernels<f32>> {
    /// What comes of it.
    type Output;
    /// Does it with models of type `M`.
    fn with<M: LanguageModel<D>>(self) -> Self::Output;
}

impl Size {
    /// Does `job` with models of this size: the only place where a name becomes a type.
    pub fn run<D: Kernels<f32> + Shareable, J: Job<D>>(self, job: J) -> J::Output {
        match self {
            Self::Tiny => job.with::<Tiny<D>>(),
            Self::Laptop => job.with::<Laptop<D>>(),
            Self::LaptopBpe => job.with::<LaptopBpe<D>>(),
            Self::Shakespeare => job.with::<Shakespeare<D>>(),
            Self::Gpt2 => job.with::<Gpt2<D>>(),
        }
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Tiny => "tiny",
            Self::Laptop => "laptop",
            Self::LaptopBpe => "laptop-bpe",
            Self::Shakespeare => "shakespeare",
            Self::Gpt2 => "gpt2",
        })
    }
}
