//! Named sizes. A size is a type: its numbers are checked when the program is compiled.

use tokens::Bytes;
use transformer::sizes;

// ANCHOR: sizes
sizes!(
    /// 2 layers, 2 heads, 32 wide, context 64: trains in seconds, for tests and first experiments.
    pub Tiny {
        vocab: Bytes::VOCABULARY, context: 64, model: 32, heads: 2, head_dim: 16, hidden: 128, layers: 2
    }
);
sizes!(
    /// 4 layers, 4 heads, 128 wide: nanoGPT's setting for laptops, with room for contexts up to 256.
    pub Laptop {
        vocab: Bytes::VOCABULARY, context: 256, model: 128, heads: 4, head_dim: 32, hidden: 512, layers: 4
    }
);
sizes!(
    /// The same with 1792 tokens of byte-pair encoding. The stories have so few words that most of them
    /// are a token, and a window of 320 holds a whole story.
    pub LaptopBpe { vocab: 1792, context: 320, model: 128, heads: 4, head_dim: 32, hidden: 512, layers: 4 }
);
sizes!(
    /// 6 layers, 6 heads, 384 wide, context 256: nanoGPT's setting for Shakespeare on a GPU.
    pub Shakespeare {
        vocab: Bytes::VOCABULARY, context: 256, model: 384, heads: 6, head_dim: 64, hidden: 1536, layers: 6
    }
);
sizes!(
    /// GPT-2's own size, 124 million parameters; its 50,257 tokens are learned from the text, which
    /// must be large.
    pub Gpt2 {
        vocab: 50_257, context: 1024, model: 768, heads: 12, head_dim: 64, hidden: 3072, layers: 12
    }
);
// ANCHOR_END: sizes

/// Does `$body` with `$M` as the [`Gpt`](crate::Gpt) on `$D` whose sizes, one of those in brackets, are
/// `$shape`; `None` if none of them is. A size that was read when the program runs becomes a type here,
/// and `$body` is compiled for each of them. A program, or a later chapter, lists sizes of its own.
///
/// ```
/// use dfdx::prelude::{BuildModule, Cpu};
/// use gpt::{LanguageModel, Shape, Whole};
/// use gpt::sizes::{Laptop, Tiny};
///
/// fn scores<M: Whole<Cpu>>() -> usize {
///     M::build(&Cpu::default()).next_logits(&[1, 2, 3]).len()
/// }
/// let shape = Shape::of::<Tiny>();
/// let found = gpt::with_model!(shape, Cpu, [Laptop, Tiny], M => scores::<M>());
/// assert_eq!(found, Some(256));
/// ```
#[macro_export]
macro_rules! with_model {
    ($shape:expr, $D:ty, [$($size:ty),+ $(,)?], $M:ident => $body:expr) => {{
        let shape: $crate::Shape = $shape;
        $(if shape == $crate::Shape::of::<$size>() {
            type $M = $crate::Gpt<$size, f32, $D>;
            Some($body)
        } else)+ {
            None
        }
    }};
}
