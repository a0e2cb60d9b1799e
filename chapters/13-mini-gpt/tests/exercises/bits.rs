//! The judge of `bits`.

#[cfg_attr(feature = "exercises", path = "../../exercises/bits.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/bits.rs")]
mod answer;
#[path = "../../exercises/wrong/bits-bits-per-token.rs"]
mod bits_per_token;
#[path = "../../exercises/wrong/bits-four-characters.rs"]
mod four_characters;
#[path = "../../exercises/wrong/bits-nats.rs"]
mod nats;
#[path = "../../exercises/wrong/bits-upside-down.rs"]
mod upside_down;

fn judge(bits_per_character: fn(f64, usize, usize) -> f64) {
    for (bits_a_token, tokens, characters, expected) in
        [(1.0, 100, 100, 1.0), (4.0, 25, 100, 1.0), (3.0, 50, 200, 0.75), (2.0, 300, 100, 6.0)]
    {
        let loss = bits_a_token * std::f64::consts::LN_2;
        let own = bits_per_character(loss, tokens, characters);
        assert!(
            (own - expected).abs() < 1e-12,
            "{tokens} tokens lost {loss:.4} nats each, {bits_a_token} bits; of {characters} characters \
             that is {expected} bits a character, not {own}"
        );
    }
}

#[test]
fn bits() {
    judge(answer::bits_per_character);
}

#[test]
#[should_panic(expected = "of 100 characters that is 1 bits a character, not 4")]
fn bits_per_token() {
    judge(bits_per_token::bits_per_character);
}

#[test]
#[should_panic(expected = "of 100 characters that is 1 bits a character, not 0.69")]
fn nats() {
    judge(nats::bits_per_character);
}

#[test]
#[should_panic(expected = "of 100 characters that is 1 bits a character, not 16")]
fn upside_down() {
    judge(upside_down::bits_per_character);
}

#[test]
#[should_panic(expected = "of 100 characters that is 1 bits a character, not 0.25")]
fn four_characters() {
    judge(four_characters::bits_per_character);
}
