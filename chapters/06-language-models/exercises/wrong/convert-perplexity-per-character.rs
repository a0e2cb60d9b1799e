//! The perplexity of a character.

pub fn convert(nats_per_token: f64, characters_per_token: f64) -> (f64, f64) {
    let nats = nats_per_token / characters_per_token;
    (nats.exp(), nats / std::f64::consts::LN_2)
}
