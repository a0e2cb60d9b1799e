//! The judge of `convert`.

#[cfg_attr(feature = "exercises", path = "../../exercises/convert.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/convert.rs")]
mod answer;
#[path = "../../exercises/wrong/convert-bits-per-token.rs"]
mod bits_per_token;
#[path = "../../exercises/wrong/convert-perplexity-per-character.rs"]
mod perplexity_per_character;
#[path = "../../exercises/wrong/convert-times-ln-2.rs"]
mod times_ln_2;
#[path = "../../exercises/wrong/convert-two-to-the-nats.rs"]
mod two_to_the_nats;

fn judge(convert: fn(f64, f64) -> (f64, f64)) {
    // Nats a token, characters a token, perplexity per token, bits per character.
    for (nats, characters, perplexity, bits) in [
        (256_f64.ln(), 1.0, 256.0, 8.0),
        (2.0 * std::f64::consts::LN_2, 4.0, 4.0, 0.5),
        (3.0 * std::f64::consts::LN_2, 1.5, 8.0, 2.0),
    ] {
        let (own_perplexity, own_bits) = convert(nats, characters);
        let given = format!("{nats:.3} nats a token of {characters} characters");
        assert!(
            (own_perplexity - perplexity).abs() < 1e-9,
            "{given}: the perplexity per token is {perplexity}, not {own_perplexity}"
        );
        assert!(
            (own_bits - bits).abs() < 1e-12,
            "{given}: that is {bits} bits per character, not {own_bits}"
        );
    }
}

#[test]
fn convert() {
    judge(answer::convert);
}

#[test]
#[should_panic(expected = "nats a token of 4 characters: the perplexity per token is 4, not 1.4")]
fn perplexity_per_character() {
    judge(perplexity_per_character::convert);
}

#[test]
#[should_panic(expected = "nats a token of 4 characters: that is 0.5 bits per character, not 2")]
fn bits_per_token() {
    judge(bits_per_token::convert);
}

#[test]
#[should_panic(expected = "nats a token of 1 characters: the perplexity per token is 256, not 46")]
fn two_to_the_nats() {
    judge(two_to_the_nats::convert);
}

#[test]
#[should_panic(expected = "that is 8 bits per character, not 3.8")]
fn times_ln_2() {
    judge(times_ln_2::convert);
}
