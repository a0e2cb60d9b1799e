//! The tokenizer against Hugging Face's `tokenizers`, in the file that they save.

#[test]
fn a_tokenizer_that_todays_tools_save_gives_their_ids() {
    use tokenizers::models::bpe::{BPE, BpeTrainer};
    use tokenizers::pre_tokenizers::byte_level::ByteLevel;
    use tokenizers::{AddedToken, DecoderWrapper, NormalizerWrapper, PostProcessorWrapper, TokenizerImpl};
    type Theirs = TokenizerImpl<BPE, NormalizerWrapper, ByteLevel, PostProcessorWrapper, DecoderWrapper>;
    let mut theirs = Theirs::new(BPE::default());
    theirs
        .with_pre_tokenizer(Some(ByteLevel::new(false, true, true)))
        .with_post_processor(Some(ByteLevel::default().trim_offsets(false)))
        .with_decoder(Some(ByteLevel::default()));
    let mut trainer = BpeTrainer::builder()
        .vocab_size(700)
        .show_progress(false)
        .initial_alphabet(ByteLevel::alphabet().into_iter().collect())
        .special_tokens(vec![AddedToken::from("<|endoftext|>", true)])
        .build();
    let text = include_str!("../../04-tokens/corpora/stories.txt");
    theirs.train(&mut trainer, [text.to_owned()].into_iter()).unwrap();
    let saved = tempfile::tempdir().unwrap();
    theirs.save(saved.path().join("tokenizer.json"), true).unwrap();
    let ours = pretrained::Vocabulary::load(saved.path()).unwrap();
    for text in [text, include_str!("../../04-tokens/corpora/languages.txt"), "Ärger 猫\r\n\t12345  x", ""]
    {
        use tokens::Tokenizer;
        let ids: Vec<usize> =
            theirs.encode(text, false).unwrap().get_ids().iter().map(|&id| id as usize).collect();
        assert_eq!(ours.encode(text), ids);
        assert_eq!(ours.decode(&ids).unwrap(), text.as_bytes());
    }
}
