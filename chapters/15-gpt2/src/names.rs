//! Which tensor of a published file fills which of ours.
//!
//! Hugging Face's GPT-2 keeps TensorFlow's layout: what it calls `Conv1D` computes x W + b with W
//! stored as (inputs, outputs), where a linear layer here computes x Wᵀ + b with W as (outputs,
//! inputs). So every matrix of a block must be transposed. And the projections to queries, keys and
//! values stand side by side in one matrix, `c_attn`, of three times the width.

// ANCHOR: source
/// Where a parameter of ours stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The tensor's name, without the prefix `transformer.` that some files have.
    pub name: String,
    /// Whether the file keeps the matrix the other way round.
    pub transposed: bool,
    /// Which of how many equal parts along the outputs it is.
    pub part: (usize, usize),
}

impl Source {
    /// The source of our parameter `ours`, such as `blocks.3.attention.key.weight`.
    ///
    /// # Panics
    /// When no parameter of a GPT has that name.
    pub fn of(ours: &str) -> Self {
        let whole = |name: &str| Self { name: name.to_owned(), transposed: false, part: (0, 1) };
        match ours {
            "tokens.weight" => return whole("wte.weight"),
            "positions.table" => return whole("wpe.weight"),
            "norm.gain" => return whole("ln_f.weight"),
            "norm.bias" => return whole("ln_f.bias"),
            _ => {}
        }
        let path: Vec<&str> = ours.split('.').collect();
        let ["blocks", block, rest @ ..] = &path[..] else { panic!("a GPT has no parameter {ours}") };
        let (layer, part) = match rest {
            ["norm1", _] => ("ln_1", (0, 1)),
            ["norm2", _] => ("ln_2", (0, 1)),
            ["attention", "query", _] => ("attn.c_attn", (0, 3)),
            ["attention", "key", _] => ("attn.c_attn", (1, 3)),
            ["attention", "value", _] => ("attn.c_attn", (2, 3)),
            ["attention", "output", _] => ("attn.c_proj", (0, 1)),
            ["feed_forward", "up", _] => ("mlp.c_fc", (0, 1)),
            ["feed_forward", "down", _] => ("mlp.c_proj", (0, 1)),
            _ => panic!("a GPT has no parameter {ours}"),
        };
        let kind = if ours.ends_with("bias") { "bias" } else { "weight" };
        Self { name: format!("h.{block}.{layer}.{kind}"), transposed: ours.ends_with("weight"), part }
    }

    /// Our parameter of the given `shape`, out of the tensor in the file:
    /// `(inputs, parts · outputs)` if it is transposed.
    pub fn take(&self, stored: &[f32], shape: &[usize]) -> Vec<f32> {
        let (part, parts) = self.part;
        let (outputs, inputs) = (shape[0], shape.get(1).copied().unwrap_or(1));
        if !self.transposed {
            return stored[part * outputs * inputs..][..outputs * inputs].to_vec();
        }
        let row = parts * outputs;
        (0..outputs).flat_map(|o| (0..inputs).map(move |i| stored[i * row + part * outputs + o])).collect()
    }

    /// The shape that the tensor must have in the file.
    pub fn stored_shape(&self, shape: &[usize]) -> Vec<usize> {
        let mut stored = shape.to_vec();
        stored[0] *= self.part.1;
        if self.transposed {
            stored.reverse();
        }
        stored
    }
}
// ANCHOR_END: source

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_of_a_transposed_matrix_is_taken() {
        // Two inputs, three times two outputs: W[i][o] = 10 i + o.
        let stored: Vec<f32> = (0..2).flat_map(|i| (0..6).map(move |o| (10 * i + o) as f32)).collect();
        let key = Source::of("blocks.7.attention.key.weight");
        assert_eq!((key.name.as_str(), key.stored_shape(&[2, 2])), ("h.7.attn.c_attn.weight", vec![2, 6]));
        // Outputs 2 and 3, each with both inputs.
        assert_eq!(key.take(&stored, &[2, 2]), [2.0, 12.0, 3.0, 13.0]);
        let bias = Source::of("blocks.7.attention.value.bias");
        assert_eq!((bias.transposed, bias.stored_shape(&[2])), (false, vec![6]));
        assert_eq!(bias.take(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0], &[2]), [4.0, 5.0]);
    }

    #[test]
    fn embeddings_and_norms_are_kept_as_they_are() {
        let table = Source::of("tokens.weight");
        assert_eq!((table.name.as_str(), table.stored_shape(&[3, 2])), ("wte.weight", vec![3, 2]));
        assert_eq!(table.take(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[3, 2]), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(Source::of("blocks.0.norm2.gain").name, "h.0.ln_2.weight");
        assert_eq!(Source::of("blocks.11.norm1.bias").name, "h.11.ln_1.bias");
    }
}
