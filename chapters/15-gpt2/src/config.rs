//! `config.json`: the sizes of a model, in the words of Hugging Face's `transformers`.

use crate::Error;
use gpt::Shape;
use serde::{Deserialize, Deserializer};
use std::path::Path;

// ANCHOR: config
/// What the file says. Fields that change nothing about the result, such as those for training, are
/// passed over.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Config {
    /// Tokens known.
    pub vocab_size: usize,
    /// The longest context.
    pub n_positions: usize,
    /// Width of the residual stream.
    pub n_embd: usize,
    /// Blocks.
    pub n_layer: usize,
    /// Attention heads in a block.
    pub n_head: usize,
    /// Width of the feed-forward networks; four times `n_embd` if it is not given.
    pub n_inner: Option<usize>,
    /// The tokens of which each ends a text: one number there, or a list.
    #[serde(default, deserialize_with = "one_or_more")]
    pub eos_token_id: Vec<usize>,
    #[serde(default = "gelu_new")]
    activation_function: String,
    #[serde(default = "epsilon")]
    layer_norm_epsilon: f64,
    #[serde(default = "yes")]
    scale_attn_weights: bool,
    #[serde(default)]
    scale_attn_by_inverse_layer_idx: bool,
    #[serde(default = "yes")]
    tie_word_embeddings: bool,
    #[serde(default = "gpt2")]
    model_type: String,
}
// ANCHOR_END: config

fn one_or_more<'de, D: Deserializer<'de>>(field: D) -> Result<Vec<usize>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "eos_token_id is neither a token id nor a list of them")]
    enum OneOrMore {
        One(usize),
        More(Vec<usize>),
    }
    Ok(match Option::deserialize(field)? {
        None => Vec::new(),
        Some(OneOrMore::One(id)) => vec![id],
        Some(OneOrMore::More(ids)) => ids,
    })
}

fn gelu_new() -> String {
    "gelu_new".to_owned()
}

fn epsilon() -> f64 {
    1e-5
}

fn yes() -> bool {
    true
}

fn gpt2() -> String {
    "gpt2".to_owned()
}

impl Config {
    /// Reads the file in `folder`.
    ///
    /// # Errors
    /// When it cannot be read, is no JSON, or describes another architecture than this book's.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        let path = folder.join("config.json");
        let text =
            std::fs::read_to_string(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
        let config: Result<Self, String> = serde_json::from_str(&text).map_err(|error| error.to_string());
        config
            .and_then(|config| config.check().map(|()| config))
            .map_err(|reason| Error::Config { path, reason })
    }

    /// Refuses what this book's model would compute differently, and sizes that no model has: they
    /// are multiplied with each other, and the products must be numbers.
    fn check(&self) -> Result<(), String> {
        let Self { vocab_size, n_positions, n_embd, n_layer, n_head, .. } = *self;
        let sizes = [
            ("vocab_size", vocab_size, 1 << 24),
            ("n_positions", n_positions, 1 << 24),
            ("n_embd", n_embd, 1 << 20),
            ("n_inner", self.n_inner.unwrap_or(1), 1 << 22),
            ("n_layer", n_layer, 1 << 12),
            ("n_head", n_head, 1 << 20),
        ];
        if let Some((name, size, most)) =
            sizes.into_iter().find(|(_, size, most)| !(1..=*most).contains(size))
        {
            return Err(format!("its {name} is {size}, not from 1 to {most}"));
        }
        if self.model_type != "gpt2" {
            return Err(format!("its model_type is {:?}", self.model_type));
        }
        if !["gelu_new", "gelu_pytorch_tanh"].contains(&self.activation_function.as_str()) {
            return Err(format!("its activation is {:?}, GPT-2's is gelu_new", self.activation_function));
        }
        if (self.layer_norm_epsilon - epsilon()).abs() > 1e-9 {
            return Err(format!("its layer norms add {}, GPT-2's add 1e-5", self.layer_norm_epsilon));
        }
        if !self.scale_attn_weights || self.scale_attn_by_inverse_layer_idx {
            return Err("it scales attention in another way".to_owned());
        }
        if !self.tie_word_embeddings {
            return Err("its output layer is not tied to its token embedding".to_owned());
        }
        if !n_embd.is_multiple_of(n_head) {
            return Err(format!("{n_head} heads cannot share out {n_embd} numbers"));
        }
        Ok(())
    }

    /// The sizes in this book's words.
    pub fn shape(&self) -> Shape {
        Shape {
            vocabulary: self.vocab_size,
            max_context: self.n_positions,
            model: self.n_embd,
            heads: self.n_head,
            head_dim: self.n_embd / self.n_head,
            hidden: self.n_inner.unwrap_or(4 * self.n_embd),
            layers: self.n_layer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config.json"), text).unwrap();
        Config::load(folder.path()).map_err(|error| error.to_string())
    }

    const SIZES: &str =
        r#""vocab_size": 1000, "n_positions": 512, "n_embd": 32, "n_layer": 5, "n_head": 4"#;

    #[test]
    fn sizes_are_read_and_the_rest_has_gpt2s_defaults() {
        let shape = load(&format!("{{{SIZES}}}")).unwrap().shape();
        assert_eq!((shape.vocabulary, shape.head_dim, shape.hidden, shape.layers), (1000, 8, 128, 5));
        let wide = load(&format!("{{{SIZES}, \"n_inner\": 50, \"n_inner_note\": null}}")).unwrap();
        assert_eq!(wide.shape().hidden, 50);
    }

    #[test]
    fn one_token_ends_a_text_or_several_or_none() {
        for (field, expected) in [
            ("", &[][..]),
            (r#", "eos_token_id": null"#, &[]),
            (r#", "eos_token_id": 7"#, &[7]),
            (r#", "eos_token_id": [7, 9]"#, &[7, 9]),
        ] {
            assert_eq!(load(&format!("{{{SIZES}{field}}}")).unwrap().eos_token_id, expected);
        }
        let message = load(&format!(r#"{{{SIZES}, "eos_token_id": "end"}}"#)).unwrap_err();
        assert!(message.contains("neither a token id nor a list"), "{message}");
    }

    #[test]
    fn sizes_without_measure_are_refused_by_name() {
        for (field, value) in
            [("n_embd", usize::MAX), ("n_layer", 0), ("n_head", 0), ("vocab_size", 1 << 60)]
        {
            let mut sizes: serde_json::Value = serde_json::from_str(&format!("{{{SIZES}}}")).unwrap();
            sizes[field] = value.into();
            let message = load(&sizes.to_string()).unwrap_err();
            assert!(message.contains(&format!("its {field} is {value}")), "{message}");
        }
    }

    #[test]
    fn another_architecture_is_refused_by_name() {
        for (field, expected) in [
            (r#""model_type": "llama""#, "llama"),
            (r#""activation_function": "relu""#, "relu"),
            (r#""activation_function": "gelu""#, "\"gelu\""),
            (r#""layer_norm_epsilon": 1e-12"#, "layer norms"),
            (r#""layer_norm_epsilon": 1e-6"#, "layer norms"),
            (r#""scale_attn_weights": false"#, "scales attention"),
            (r#""scale_attn_by_inverse_layer_idx": true"#, "scales attention"),
            (r#""tie_word_embeddings": false"#, "not tied"),
        ] {
            let message = load(&format!("{{{SIZES}, {field}}}")).unwrap_err();
            assert!(message.contains(expected), "{message}");
        }
        let message =
            load(&format!("{{{}}}", SIZES.replace("\"n_head\": 4", "\"n_head\": 5"))).unwrap_err();
        assert!(message.contains("5 heads cannot share out 32"), "{message}");
        assert!(load("{").unwrap_err().contains("does not describe a GPT-2"));
        assert!(load("{}").unwrap_err().contains("vocab_size"));
    }
}
