//! The tokenizer against `tiktoken-rs`, which carries GPT-2's vocabulary (its name there is r50k).

use pretrained::Vocabulary;
use proptest::prelude::*;
use std::collections::HashMap;
use std::sync::LazyLock;
use tiktoken_rs::{CoreBPE, r50k_base};
use tokens::{Bpe, Tokenizer};

/// Tokens of GPT-2, the last of which ends a text.
const TOKENS: u32 = 50_257;

static THEIRS: LazyLock<CoreBPE> = LazyLock::new(|| r50k_base().unwrap());

/// GPT-2's two files, made from the bytes of tiktoken's tokens, and read by our loader.
static OURS: LazyLock<Vocabulary> = LazyLock::new(|| {
    let spelled: Vec<Vec<u8>> = (0..TOKENS - 1).map(|id| THEIRS.decode_bytes(&[id]).unwrap()).collect();
    let ranks: HashMap<&[u8], usize> =
        spelled.iter().enumerate().map(|(id, bytes)| (&bytes[..], id)).collect();
    // The 188 bytes that print come first, as themselves; the others from U+0100 on.
    let characters: HashMap<u8, char> = (0..256_usize)
        .map(|id| {
            (
                spelled[id][0],
                if id < 188 {
                    char::from(spelled[id][0])
                } else {
                    char::from_u32(0x100 + id as u32 - 188).unwrap()
                },
            )
        })
        .collect();
    let shown = |bytes: &[u8]| bytes.iter().map(|byte| characters[byte]).collect::<String>();
    let mut vocabulary: HashMap<String, usize> =
        spelled.iter().enumerate().map(|(id, bytes)| (shown(bytes), id)).collect();
    vocabulary.insert("<|endoftext|>".to_owned(), TOKENS as usize - 1);
    let merges = (256..spelled.len()).map(|id| {
        let (left, right) = parents(&spelled[id], id, &ranks);
        format!("{} {}\n", shown(left), shown(right))
    });
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("merges.txt"),
        format!("#version: 0.2\n{}", merges.collect::<String>()),
    )
    .unwrap();
    std::fs::write(folder.path().join("vocab.json"), serde_json::to_string(&vocabulary).unwrap()).unwrap();
    Vocabulary::load(folder.path()).unwrap()
});

/// The two tokens that token `id` was merged from: what is left of its bytes when all earlier
/// merges have been done.
fn parents<'a>(bytes: &'a [u8], id: usize, ranks: &HashMap<&[u8], usize>) -> (&'a [u8], &'a [u8]) {
    let mut cuts: Vec<usize> = (0..=bytes.len()).collect();
    while cuts.len() > 3 {
        let rank =
            |i: usize| ranks.get(&bytes[cuts[i - 1]..cuts[i + 1]]).copied().filter(|&rank| rank < id);
        let best = (1..cuts.len() - 1).filter_map(|i| Some((rank(i)?, i))).min().expect("an earlier merge");
        cuts.remove(best.1);
    }
    bytes.split_at(cuts[1])
}

fn theirs(text: &str) -> Vec<usize> {
    THEIRS.encode_ordinary(text).into_iter().map(|id| id as usize).collect()
}

#[test]
fn languages_code_and_stories_get_the_same_ids() {
    for text in [
        include_str!("../../04-tokens/corpora/languages.txt"),
        include_str!("../../04-tokens/corpora/rust.txt"),
        include_str!("../../04-tokens/corpora/stories.txt"),
        include_str!("transformers.rs"),
        "",
        " \n\n  \t x",
        "It's 2026, isn't it? 我们’re 12345 — 👩‍👩‍👧 Ärger <|endoftext|>",
    ] {
        assert_eq!(OURS.encode(text), theirs(text));
        assert_eq!(OURS.decode(&OURS.encode(text)).unwrap(), text.as_bytes());
    }
    assert_eq!(OURS.encode("Hello, world"), [15496, 11, 995], "ids that anybody can look up");
    assert_eq!(OURS.encode("<|endoftext|>").len(), 7, "spelled out, it is a text like any other");
    assert_eq!(OURS.decode(&[50_256]).unwrap(), b"<|endoftext|>");
    assert_eq!(OURS.vocabulary(), TOKENS as usize);
}

proptest! {
    #[test]
    fn any_text_gets_the_same_ids(text in any::<String>()) {
        prop_assert_eq!(OURS.encode(&text), theirs(&text));
    }

    #[test]
    fn words_signs_and_white_space_get_the_same_ids(text in "([ \\n\\t\u{a0}]|[a-zA-Z]{1,5}|[0-9]|'s|'ll|[!?.,;-]|[éß猫ñ日नم]|[🙂👍]){0,40}") {
        prop_assert_eq!(OURS.encode(&text), theirs(&text));
    }
}

#[test]
fn the_bytes_come_in_gpt2s_order() {
    let bpe = Bpe::from_merges(&[]).unwrap();
    for id in 0..256 {
        assert_eq!(bpe.bytes_of(id), THEIRS.decode_bytes(&[id]).unwrap());
    }
}
