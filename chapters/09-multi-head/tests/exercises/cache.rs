//! The judge of `cache`.

#[cfg_attr(feature = "exercises", path = "../../exercises/cache.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/cache.rs")]
mod answer;
#[path = "../../exercises/wrong/cache-four-bytes.rs"]
mod four_bytes;
#[path = "../../exercises/wrong/cache-keys-only.rs"]
mod keys_only;
#[path = "../../exercises/wrong/cache-one-layer.rs"]
mod one_layer;
#[path = "../../exercises/wrong/cache-rounds-up.rs"]
mod rounds_up;
#[path = "../../exercises/wrong/cache-twelve-heads.rs"]
mod twelve_heads;

fn judge(tokens_that_fit: fn(u64, u64, u64, u64) -> u64) {
    for (bytes, layers, groups, head_dim, expected) in [
        (1_000_000_000, 12, 12, 64, 27_126),
        (1_000_000_000, 12, 1, 64, 325_520),
        (24_000_000_000, 80, 8, 128, 73_242),
        // Exactly five tokens, and a byte too few for them.
        (5 * 2 * 3 * 7 * 2 * 2, 2, 3, 7, 5),
        (5 * 2 * 3 * 7 * 2 * 2 - 1, 2, 3, 7, 4),
    ] {
        let own = tokens_that_fit(bytes, layers, groups, head_dim);
        assert!(
            own == expected,
            "{bytes} bytes, {layers} layers, {groups} groups, heads of {head_dim}: {expected} tokens \
             fit, not {own}"
        );
    }
}

#[test]
fn cache() {
    judge(answer::tokens_that_fit);
}

#[test]
#[should_panic(expected = "12 layers, 12 groups, heads of 64: 27126 tokens fit, not 54253")]
fn keys_only() {
    judge(keys_only::tokens_that_fit);
}

#[test]
#[should_panic(expected = "12 layers, 12 groups, heads of 64: 27126 tokens fit, not 13563")]
fn four_bytes() {
    judge(four_bytes::tokens_that_fit);
}

#[test]
#[should_panic(expected = "12 layers, 1 groups, heads of 64: 325520 tokens fit, not 27126")]
fn twelve_heads() {
    judge(twelve_heads::tokens_that_fit);
}

#[test]
#[should_panic(expected = "tokens fit, not")]
fn rounds_up() {
    judge(rounds_up::tokens_that_fit);
}

#[test]
#[should_panic(expected = "12 layers, 12 groups, heads of 64: 27126 tokens fit, not 325520")]
fn one_layer() {
    judge(one_layer::tokens_that_fit);
}
