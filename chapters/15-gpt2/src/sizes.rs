//! The sizes that are compiled in. `config.json` says which is meant.

use crate::Error;
use gpt::Shape;
use gpt::sizes;

// ANCHOR: sizes
sizes!(
    /// 5 layers, 4 heads, 32 wide, 1000 tokens, 512 positions: for tests.
    pub Small { vocab: 1000, context: 512, model: 32, heads: 4, head_dim: 8, hidden: 128, layers: 5 }
);
sizes!(
    /// GPT-2 with half its blocks, as DistilGPT2 has them: 82 million parameters.
    pub Distil {
        vocab: 50_257, context: 1024, model: 768, heads: 12, head_dim: 64, hidden: 3072, layers: 6
    }
);
sizes!(
    /// GPT-2: 124 million parameters.
    pub Gpt2 {
        vocab: 50_257, context: 1024, model: 768, heads: 12, head_dim: 64, hidden: 3072, layers: 12
    }
);
sizes!(
    /// GPT-2 medium: 355 million.
    pub Medium {
        vocab: 50_257, context: 1024, model: 1024, heads: 16, head_dim: 64, hidden: 4096, layers: 24
    }
);
sizes!(
    /// GPT-2 large: 774 million.
    pub Large {
        vocab: 50_257, context: 1024, model: 1280, heads: 20, head_dim: 64, hidden: 5120, layers: 36
    }
);
sizes!(
    /// GPT-2 XL: 1558 million.
    pub Xl {
        vocab: 50_257, context: 1024, model: 1600, heads: 25, head_dim: 64, hidden: 6400, layers: 48
    }
);

/// Does `$body` with `$M` as the model on the device `$D` whose sizes are `$shape`, one of
/// [`SHAPES`]: here numbers that were read become a type.
#[macro_export]
macro_rules! with_gpt2 {
    ($shape:expr, $D:ty, $M:ident => $body:expr) => {{
        use $crate::sizes::{Distil, Gpt2, Large, Medium, Small, Xl};
        gpt::with_model!($shape, $D, [Small, Distil, Gpt2, Medium, Large, Xl], $M => $body)
            .expect("one of the compiled sizes")
    }};
}
// ANCHOR_END: sizes

/// The compiled sizes.
pub const SHAPES: [Shape; 6] = [
    Shape::of::<Small>(),
    Shape::of::<Distil>(),
    Shape::of::<Gpt2>(),
    Shape::of::<Medium>(),
    Shape::of::<Large>(),
    Shape::of::<Xl>(),
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
