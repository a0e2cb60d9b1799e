//! The sizes that are compiled in. `config.json` says which is meant.

use crate::Error;
use dfdx::prelude::Cpu;
use gpt::{Gpt, LanguageModel, Shape};

// ANCHOR: sizes
/// 5 layers, 4 heads, 32 wide, 1000 tokens, 512 positions: for tests.
pub type Small<D> = Gpt<1000, 512, 32, 4, 8, 128, 5, f32, D>;
/// GPT-2 with half its blocks, as DistilGPT2 has them: 82 million parameters.
pub type Distil<D> = Gpt<50_257, 1024, 768, 12, 64, 3072, 6, f32, D>;
/// GPT-2: 124 million parameters.
pub type Gpt2<D> = Gpt<50_257, 1024, 768, 12, 64, 3072, 12, f32, D>;
/// GPT-2 medium: 355 million.
pub type Medium<D> = Gpt<50_257, 1024, 1024, 16, 64, 4096, 24, f32, D>;
/// GPT-2 large: 774 million.
pub type Large<D> = Gpt<50_257, 1024, 1280, 20, 64, 5120, 36, f32, D>;
/// GPT-2 XL: 1558 million.
pub type Xl<D> = Gpt<50_257, 1024, 1600, 25, 64, 6400, 48, f32, D>;

/// Does `$body` with `$M` as the model on the device `$D` whose sizes are `$shape`, one of
/// [`SHAPES`]: here numbers that were read become a type.
#[macro_export]
macro_rules! with_gpt2 {
    ($shape:expr, $D:ty, $M:ident => $body:expr) => {{
        use $crate::sizes::{Distil, Gpt2, Large, Medium, Small, Xl};
        gpt::with_model!(
            $shape,
            [Small<$D>, Distil<$D>, Gpt2<$D>, Medium<$D>, Large<$D>, Xl<$D>],
            $M => $body
        )
        .expect("one of the compiled sizes")
    }};
}
// ANCHOR_END: sizes

/// The compiled sizes.
pub const SHAPES: [Shape; 6] = [
    <Small<Cpu> as LanguageModel<Cpu>>::SHAPE,
    <Distil<Cpu> as LanguageModel<Cpu>>::SHAPE,
    <Gpt2<Cpu> as LanguageModel<Cpu>>::SHAPE,
    <Medium<Cpu> as LanguageModel<Cpu>>::SHAPE,
    <Large<Cpu> as LanguageModel<Cpu>>::SHAPE,
    <Xl<Cpu> as LanguageModel<Cpu>>::SHAPE,
];

/// Refuses sizes that are not compiled.
///
/// # Errors
/// When `shape` is none of [`SHAPES`].
pub fn check(shape: Shape) -> Result<(), Error> {
    if SHAPES.contains(&shape) {
        return Ok(());
    }
    Err(Error::Size { asked: words(shape), known: SHAPES.map(words).join("; ") })
}

fn words(shape: Shape) -> String {
    let Shape { vocabulary, max_context, model, heads, hidden, layers, .. } = shape;
    format!(
        "{layers} layers, {heads} heads, {model}/{hidden} wide, {vocabulary} tokens, {max_context} positions"
    )
}
