//! The judge of `cache_size`.

#[cfg_attr(feature = "exercises", path = "../../exercises/cache_size.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/cache_size.rs")]
mod answer;
#[path = "../../exercises/wrong/cache_size-keys-only.rs"]
mod keys_only;
#[path = "../../exercises/wrong/cache_size-narrow-feed-forward.rs"]
mod narrow_feed_forward;
#[path = "../../exercises/wrong/cache_size-twelve-layers.rs"]
mod twelve_layers;
#[path = "../../exercises/wrong/cache_size-two-bytes.rs"]
mod two_bytes;
#[path = "../../exercises/wrong/cache_size-without-feed-forward.rs"]
mod without_feed_forward;

fn judge(bytes: fn(usize, usize, usize) -> usize, saved: fn(usize, usize, usize) -> usize) {
    // The first is GPT-2 at its full context.
    for (layers, model, tokens, held) in [(12, 768, 1024, 75_497_472), (3, 10, 7, 1680), (1, 4, 0, 0)] {
        let own = bytes(layers, model, tokens);
        assert!(
            own == held,
            "{layers} layers, model {model}, {tokens} tokens: {held} bytes are held, not {own}"
        );
    }
    for (layers, model, tokens, multiplications) in [(12, 768, 1023, 86_888_153_088), (3, 10, 7, 25_200)] {
        let own = saved(layers, model, tokens);
        assert!(
            own == multiplications,
            "{layers} layers, model {model}, {tokens} tokens before: {multiplications} multiplications \
             are saved, not {own}"
        );
    }
}

#[test]
fn cache_size() {
    judge(answer::bytes, answer::saved);
}

#[test]
#[should_panic(expected = "12 layers, model 768, 1024 tokens: 75497472 bytes are held, not 37748736")]
fn keys_only() {
    judge(keys_only::bytes, keys_only::saved);
}

#[test]
#[should_panic(expected = "12 layers, model 768, 1024 tokens: 75497472 bytes are held, not 37748736")]
fn two_bytes() {
    judge(two_bytes::bytes, two_bytes::saved);
}

#[test]
#[should_panic(expected = "3 layers, model 10, 7 tokens: 1680 bytes are held, not 6720")]
fn twelve_layers() {
    judge(twelve_layers::bytes, twelve_layers::saved);
}

#[test]
#[should_panic(expected = "multiplications are saved, not")]
fn without_feed_forward() {
    judge(without_feed_forward::bytes, without_feed_forward::saved);
}

#[test]
#[should_panic(expected = "86888153088 multiplications are saved, not 57925435392")]
fn narrow_feed_forward() {
    judge(narrow_feed_forward::bytes, narrow_feed_forward::saved);
}
