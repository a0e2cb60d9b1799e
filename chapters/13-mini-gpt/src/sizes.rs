//! Named sizes. A size is a type: its numbers are checked when the program is compiled.

use crate::model::Gpt;
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

/// Does `$body` with `$M` as that of the types in brackets whose sizes are `$shape`; `None` when it
/// is none of them. A size that was read when the program runs becomes a type here, and `$body` is
/// compiled for each of them. A program, or a later chapter, lists sizes of its own.
///
/// ```
/// use dfdx::prelude::{BuildModule, Cpu};
/// use gpt::LanguageModel;
/// use gpt::sizes::{Laptop, Tiny};
///
/// fn scores<M: LanguageModel<Cpu>>() -> usize {
///     M::build(&Cpu::default()).next_logits(&[1, 2, 3]).len()
/// }
/// let shape = <Tiny<Cpu> as LanguageModel<Cpu>>::SHAPE;
/// let found = gpt::with_model!(shape, [Laptop<Cpu>, Tiny<Cpu>], M => scores::<M>());
/// assert_eq!(found, Some(256));
/// ```
#[macro_export]
macro_rules! with_model {
    ($shape:expr, [$($size:ty),+ $(,)?], $M:ident => $body:expr) => {{
        let shape: $crate::Shape = $shape;
        $(if shape == <$size as $crate::LanguageModel<_>>::SHAPE {
            type $M = $size;
            Some($body)
        } else)+ {
            None
        }
    }};
}
