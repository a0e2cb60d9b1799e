//! Models that others have published, as sizes to count with.

use gpt::Shape;

// ANCHOR: gpt3
/// GPT-3 (Brown et al. 2020, table 2.1): GPT-2's parts, 96 layers of them. (Its attention looks at all
/// positions in every second layer only; that changes no parameter.)
pub const GPT3: Shape = Shape {
    vocabulary: 50_257,
    max_context: 2048,
    model: 12_288,
    heads: 96,
    head_dim: 128,
    hidden: 4 * 12_288,
    layers: 96,
};
// ANCHOR_END: gpt3

/// The sizes of a model of 2025: RMSNorm without biases, rotary positions, which have no parameters,
/// several heads of queries for one of keys and values, a norm for each head's queries and keys, and
/// SwiGLU, whose feed-forward network has three matrices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Modern {
    /// Tokens known.
    pub vocabulary: usize,
    /// Width of the residual stream.
    pub model: usize,
    /// Heads of queries in each block.
    pub heads: usize,
    /// Heads of keys and of values.
    pub key_heads: usize,
    /// Width of each head: `heads` of them need not be as wide as the stream.
    pub head_dim: usize,
    /// Width of the feed-forward network.
    pub hidden: usize,
    /// Blocks.
    pub layers: usize,
    /// Whether the output is the table of tokens once more.
    pub is_tied: bool,
}

impl Modern {
    /// Qwen3-8B (Yang et al. 2025).
    pub const QWEN3_8B: Self = Self {
        vocabulary: 151_936,
        model: 4096,
        heads: 32,
        key_heads: 8,
        head_dim: 128,
        hidden: 12_288,
        layers: 36,
        is_tied: false,
    };

    /// The smallest of its family, Qwen3-0.6B.
    pub const QWEN3_SMALL: Self =
        Self { model: 1024, heads: 16, hidden: 3072, layers: 28, is_tied: true, ..Self::QWEN3_8B };

    /// Parameters by part.
    pub const fn parameters(&self) -> [(&'static str, usize); 5] {
        let Self { vocabulary, model, heads, key_heads, head_dim, hidden, layers, is_tied } = *self;
        let [queries, keys] = [heads * head_dim, key_heads * head_dim];
        [
            ("token embedding", vocabulary * model),
            ("output", if is_tied { 0 } else { vocabulary * model }),
            ("attention", layers * 2 * model * (queries + keys)),
            ("feed-forward", layers * 3 * model * hidden),
            ("norms", layers * 2 * (model + head_dim) + model),
        ]
    }

    /// All parameters.
    pub fn total(&self) -> usize {
        self.parameters().iter().map(|(_, count)| count).sum()
    }

    /// Floating-point operations to read the token at position `keys`, counted as for [`Shape::flops_at`].
    pub const fn flops_at(&self, keys: usize) -> usize {
        let [_, _, (_, attention), (_, feed_forward), _] = self.parameters();
        let weights = attention + feed_forward + self.vocabulary * self.model;
        2 * weights + 4 * self.layers * self.heads * self.head_dim * keys
    }

    /// Numbers of keys and values that a token leaves in the cache.
    pub const fn cached(&self) -> usize {
        2 * self.layers * self.key_heads * self.head_dim
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretrained::sizes::{Gpt2, Xl};

    /// A number as a paper prints it: so many billions, with so many decimals.
    fn billions(count: usize, decimals: usize) -> String {
        format!("{:.decimals$}", count as f64 / 1e9)
    }

    #[test]
    fn gpt_3_has_175_billion_parameters() {
        assert_eq!(GPT3.total(), 174_604_259_328);
        assert_eq!(GPT3.model, GPT3.heads * GPT3.head_dim);
        // Of 300 billion tokens table D.1 of the paper says 3.14e23 operations.
        assert_eq!(format!("{:.2e}", 6.0 * GPT3.total() as f64 * 300e9), "3.14e23");
    }

    #[test]
    fn gpt_2s_counts_are_those_of_its_files() {
        assert_eq!(Shape::of::<Gpt2>().total(), 124_439_808);
        assert_eq!(Shape::of::<Xl>().total(), 1_557_611_200);
    }

    #[test]
    fn qwen_3s_counts_are_those_of_its_model_cards() {
        // "8.2B", of them "6.95B (Non-Embedding)"; "0.6B" and "0.44B".
        for (model, all, without) in
            [(Modern::QWEN3_8B, "8.2", "6.95"), (Modern::QWEN3_SMALL, "0.6", "0.44")]
        {
            let tables: usize = model.parameters()[..2].iter().map(|(_, count)| count).sum();
            assert_eq!(billions(model.total(), 1), all);
            assert_eq!(billions(model.total() - tables, 2), without);
        }
    }

    #[test]
    fn the_smallest_qwen3_needs_twenty_hundredths_more_than_6n_for_its_heads_are_wide() {
        let model = Modern::QWEN3_SMALL;
        assert_eq!(model.heads * model.head_dim, 2 * model.model);
        let of_six_n = |keys| 3.0 * model.flops_at(keys) as f64 / (6.0 * model.total() as f64);
        // Without attention 6N is right, for the table of tokens is the output.
        assert!((of_six_n(0) - 1.0).abs() < 0.001);
        assert!((of_six_n(1024) - 1.2).abs() < 0.005);
    }

    #[test]
    fn with_as_many_heads_of_keys_and_two_matrices_a_token_costs_what_it_costs_gpt_2() {
        let gpt2 = Shape::of::<Gpt2>();
        let same = Modern {
            vocabulary: gpt2.vocabulary,
            model: gpt2.model,
            heads: 12,
            key_heads: 12,
            head_dim: 64,
            hidden: gpt2.hidden * 2 / 3,
            layers: gpt2.layers,
            is_tied: true,
        };
        for keys in [0, 1, 700] {
            assert_eq!(same.flops_at(keys), gpt2.flops_at(keys));
        }
        // And leaves in the cache what chapter 14 counts for GPT-2: 75 MB of 1,024 tokens.
        assert_eq!(same.cached() * 1024 * 4, 75_497_472);
    }
}
