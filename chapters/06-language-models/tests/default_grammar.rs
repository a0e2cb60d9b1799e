//! The stories that the book is built on: its models, losses and figures come from them, so not a
//! byte of them may change, nor a bit of their probabilities.

use language_models::story;

/// FNV-1a: the same number in every version of Rust.
fn fingerprint(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[test]
fn the_default_grammar_tells_what_it_always_told() {
    let now: Vec<u64> = (0..5)
        .map(|seed| {
            let corpus = story::corpus(200_000, seed);
            fingerprint((corpus.train + &corpus.held_out).into_bytes())
        })
        .collect();
    let always = [
        0x4233_1b1a_9e5e_999f,
        0xc927_2f04_619d_12ff,
        0x5199_cc57_07e9_6828,
        0x59c2_9f1c_af7f_47ca,
        0xdbd7_c405_46c5_3556,
    ];
    assert_eq!(now, always);
}

#[test]
fn the_default_grammar_gives_every_character_its_old_bits_and_kind() {
    let (mut bits, mut kinds) = (Vec::new(), Vec::new());
    for told in story::corpus(100_000, 1).train.split_inclusive("\n\n") {
        // To a thousand-millionth: logarithms differ in their last digit from system to system.
        let rounded = |bits: f64| ((bits * 1e9).round() as u64).to_le_bytes();
        bits.extend(story::read(told).unwrap().bits.into_iter().flat_map(rounded));
        // By their first letters, which differ.
        kinds.extend(story::kinds(told).unwrap().iter().map(|kind| format!("{kind:?}").as_bytes()[0]));
    }
    assert_eq!(fingerprint(bits), 0x6909_82b7_2d47_6cad, "bits");
    assert_eq!(fingerprint(kinds), 0x491f_c11b_0ff8_880c, "kinds");
}

#[test]
fn the_default_grammar_has_its_old_entropy() {
    let exact = story::exact_entropy();
    // Sums in another order are off by some 1e-9.
    assert!((exact.bits - 106.783_271_399_335).abs() < 1e-8, "{} bits", exact.bits);
    assert!((exact.characters - 1_155.204_289_614_703).abs() < 1e-8, "{} characters", exact.characters);
}
