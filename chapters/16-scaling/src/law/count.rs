//! How many parameters has a model? The field counts in several ways, and the exponents depend on it.

use super::budget::operations;
use super::surface::Price;
use gpt::Shape;

/// A story's predictions, on average, as far as the price of a token depends on it.
pub const STORY: usize = 270;

// ANCHOR: count
/// A way to count the parameters of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// All of them (Hoffmann et al. 2022).
    All,
    /// All but the table of tokens, which also is the output.
    WithoutTable,
    /// Blocks and the output: all but the table of positions.
    BlocksAndHead,
    /// Blocks alone (Kaplan et al. 2020).
    Blocks,
    /// A sixth of the operations that training on a token costs: with this N, C = 6 N D is exact.
    Cost,
}

impl Count {
    /// All ways, with what the page calls them.
    pub const WAYS: [(Self, &'static str); 5] = [
        (Self::All, "all"),
        (Self::WithoutTable, "without the table"),
        (Self::BlocksAndHead, "blocks and head"),
        (Self::Blocks, "blocks"),
        (Self::Cost, "operations/6"),
    ];

    /// N of a model of these sizes.
    pub fn of(self, shape: &Shape) -> f64 {
        let [(_, table), (_, positions), ..] = shape.parameters();
        let all_but = |left_out: usize| (shape.total() - left_out) as f64;
        match self {
            Self::All => all_but(0),
            Self::WithoutTable => all_but(table),
            Self::BlocksAndHead => all_but(positions),
            Self::Blocks => all_but(table + positions),
            Self::Cost => price_of_a_token(shape) / 6.0,
        }
    }

    /// What it costs to train models of these sizes, as a power of their N.
    pub fn price(self, ladder: &[Shape]) -> Price {
        let sizes: Vec<(f64, f64)> =
            ladder.iter().map(|shape| (self.of(shape), price_of_a_token(shape))).collect();
        Price::through(&sizes)
    }
}
// ANCHOR_END: count

/// Operations to train on a token of a story.
pub fn price_of_a_token(shape: &Shape) -> f64 {
    operations(shape, STORY) / STORY as f64
}

#[cfg(test)]
mod tests {
    use super::super::sizes::LADDER;
    use super::*;

    #[test]
    fn the_ways_differ_by_the_two_tables() {
        for shape in LADDER {
            let [all, without_table, with_head, blocks] =
                [Count::All, Count::WithoutTable, Count::BlocksAndHead, Count::Blocks]
                    .map(|count| count.of(&shape));
            let (table, positions) = (shape.vocabulary * shape.model, shape.max_context * shape.model);
            assert_eq!((all - without_table, all - with_head), (table as f64, positions as f64));
            assert_eq!(all - blocks, (table + positions) as f64);
            // Four matrices of attention, two of the feed-forward network, four times as wide: 12 · width²
            // a layer, and besides only vectors.
            let matrices = (12 * shape.layers * shape.model.pow(2)) as f64;
            assert!(matrices < blocks && blocks < 1.08 * matrices, "{blocks} {matrices}");
        }
    }

    #[test]
    fn by_its_cost_a_model_costs_six_operations_a_parameter_and_token() {
        let price = Count::Cost.price(&LADDER);
        assert!((price.factor - 6.0).abs() < 1e-6 && (price.power - 1.0).abs() < 1e-9, "{price:?}");
    }
}
