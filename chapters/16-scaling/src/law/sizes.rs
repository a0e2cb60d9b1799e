//! Five models of one family, from small to large, and the ways to count their parameters.

use gpt::{Shape, sizes};

/// Tokens of the byte-pair encoding, as in the default run of `mini-gpt`: nearly every word is one.
pub const VOCABULARY: usize = 1792;
/// Positions: more than the longest of ten thousand stories has tokens.
pub const CONTEXT: usize = 400;

sizes!(
    /// 16 wide, 2 layers.
    pub Wide16 {
        vocab: VOCABULARY, context: CONTEXT, model: 16, heads: 2, head_dim: 8, hidden: 64, layers: 2
    }
);
sizes!(
    /// 24 wide, 2 layers.
    pub Wide24 {
        vocab: VOCABULARY, context: CONTEXT, model: 24, heads: 2, head_dim: 12, hidden: 96, layers: 2
    }
);
sizes!(
    /// 32 wide, 3 layers.
    pub Wide32 {
        vocab: VOCABULARY, context: CONTEXT, model: 32, heads: 2, head_dim: 16, hidden: 128, layers: 3
    }
);
sizes!(
    /// 48 wide, 3 layers.
    pub Wide48 {
        vocab: VOCABULARY, context: CONTEXT, model: 48, heads: 3, head_dim: 16, hidden: 192, layers: 3
    }
);
sizes!(
    /// 64 wide, 4 layers.
    pub Wide64 {
        vocab: VOCABULARY, context: CONTEXT, model: 64, heads: 4, head_dim: 16, hidden: 256, layers: 4
    }
);

/// All five, smallest first. A size is called by its width.
pub const LADDER: [Shape; 5] = [
    Shape::of::<Wide16>(),
    Shape::of::<Wide24>(),
    Shape::of::<Wide32>(),
    Shape::of::<Wide48>(),
    Shape::of::<Wide64>(),
];

/// Does `$body` with `$M` as the model of one of the [`LADDER`]'s shapes; `None` for any other shape.
#[macro_export]
macro_rules! with_rung {
    ($shape:expr, $M:ident => $body:expr) => {
        gpt::with_model!(
            $shape,
            dfdx::prelude::Cpu,
            [
                $crate::law::sizes::Wide16,
                $crate::law::sizes::Wide24,
                $crate::law::sizes::Wide32,
                $crate::law::sizes::Wide48,
                $crate::law::sizes::Wide64,
            ],
            $M => $body
        )
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::stories::Stories;
    use gpt::corpus::{Source, Text};
    use gpt::tokenizer::Tokens;

    #[test]
    fn the_longest_story_has_a_position_for_every_token() {
        let text = Text::load(&Source::Stories).unwrap();
        let tokenizer = Tokens::learn(VOCABULARY, &text.train).unwrap();
        let mut stories = Stories::new(1, &tokenizer);
        let longest = (0..10_000).map(|_| stories.tokens().len()).max().unwrap();
        assert!(longest <= CONTEXT, "{longest} tokens");
    }
}
