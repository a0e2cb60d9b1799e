//! The sizes that are compiled in. `config.json` says which is meant.

use crate::Error;
use kernels::Kernels;
use mini_gpt::Shape;
use mini_gpt::model::{Gpt, LanguageModel};
use mini_gpt::parallel::Shareable;
use mini_gpt::sizes::Job;

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

/// Does `job` with the compiled model whose sizes are `shape`: here numbers that were read become
/// types.
///
/// # Errors
/// When there is none.
pub fn run<D, J, T, E>(shape: Shape, job: J) -> Result<T, E>
where
    D: Kernels<f32> + Shareable,
    J: Job<D, Output = Result<T, E>>,
    E: From<Error>,
{
    macro_rules! among {
        ($($size:ident),*) => {
            match shape {
                $(_ if shape == <$size<D> as LanguageModel<D>>::SHAPE => job.with::<$size<D>>(),)*
                _ => {
                    let known = [$(<$size<D> as LanguageModel<D>>::SHAPE),*].map(words);
                    Err(Error::Size { asked: words(shape), known: known.join("; ") }.into())
                }
            }
        };
    }
    among!(Small, Distil, Gpt2, Medium, Large, Xl)
}
// ANCHOR_END: sizes

fn words(shape: Shape) -> String {
    let Shape { vocabulary, max_context, model, heads, hidden, layers, .. } = shape;
    format!(
        "{layers} layers, {heads} heads, {model}/{hidden} wide, {vocabulary} tokens, {max_context} positions"
    )
}
