//! Our byte-level BPE against Hugging Face's: the same merges, the same ids.

use proptest::prelude::*;
use std::sync::LazyLock;
use tokenizers::models::bpe::{BPE, BpeTrainer};
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::{Model, PreTokenizer, TokenizerBuilder, Trainer};
use tokens::{Bpe, Tokenizer};

type Theirs = tokenizers::TokenizerImpl<
    BPE,
    tokenizers::normalizers::NormalizerWrapper,
    ByteLevel,
    tokenizers::processors::PostProcessorWrapper,
    tokenizers::decoders::DecoderWrapper,
>;

const STORIES: &str = include_str!("../corpora/stories.txt");
const RUST: &str = include_str!("../corpora/rust.txt");
const LANGUAGES: &str = include_str!("../corpora/languages.txt");

fn theirs(text: &str, size: usize) -> Theirs {
    let byte_level = ByteLevel::new(false, true, true);
    let mut trainer = BpeTrainer::builder()
        .vocab_size(size)
        .show_progress(false)
        .initial_alphabet(ByteLevel::alphabet().into_iter().collect())
        .build();
    let split = |text: &str| {
        let mut pieces = tokenizers::PreTokenizedString::from(text);
        byte_level.pre_tokenize(&mut pieces)?;
        let normal = tokenizers::OffsetReferential::Normalized;
        let splits = pieces.get_splits(normal, tokenizers::OffsetType::Byte);
        Ok(splits.into_iter().map(|(piece, _, _)| piece.to_owned()).collect::<Vec<String>>())
    };
    trainer.feed(std::iter::once(text), split).unwrap();
    let mut model = BPE::default();
    trainer.train(&mut model).unwrap();
    TokenizerBuilder::new()
        .with_model(model)
        .with_normalizer(None)
        .with_pre_tokenizer(Some(byte_level))
        .with_post_processor(None)
        .with_decoder(None)
        .build()
        .unwrap()
}

fn ids(tokenizer: &Theirs, text: &str) -> Vec<usize> {
    tokenizer.encode(text, false).unwrap().get_ids().iter().map(|&id| id as usize).collect()
}

#[test]
fn three_corpora_give_the_same_vocabulary_and_the_same_ids() {
    for (name, text, size) in
        [("stories", STORIES, 1500), ("rust", RUST, 1500), ("languages", LANGUAGES, 450)]
    {
        let (ours, theirs) = (Bpe::train(text, size).unwrap(), theirs(text, size));
        assert_eq!(theirs.get_model().get_vocab_size(), ours.vocabulary(), "{name}");
        for other in [STORIES, RUST, LANGUAGES] {
            assert_eq!(ours.encode(other), ids(&theirs, other), "trained on {name}");
        }
    }
}

static BOTH: LazyLock<(Bpe, Theirs)> = LazyLock::new(|| {
    let text = [STORIES, LANGUAGES].concat();
    (Bpe::train(&text, 1000).unwrap(), theirs(&text, 1000))
});

proptest! {
    #[test]
    fn any_text_gets_the_same_ids_and_comes_back(text in any::<String>()) {
        let ids_of_ours = BOTH.0.encode(&text);
        prop_assert_eq!(&ids_of_ours, &ids(&BOTH.1, &text));
        prop_assert_eq!(BOTH.0.decode(&ids_of_ours).unwrap(), text.into_bytes());
    }

    #[test]
    fn white_space_and_signs_are_cut_alike(text in "[ \\n\\t\u{a0}a-c1'é!?。猫]{0,30}('s|'ll|'re| )?") {
        prop_assert_eq!(BOTH.0.encode(&text), ids(&BOTH.1, &text));
    }
}
