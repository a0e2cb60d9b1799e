//! The bits of a whole token.

pub fn convert(nats_per_token: f64, _characters_per_token: f64) -> (f64, f64) {
    (nats_per_token.exp(), nats_per_token / std::f64::consts::LN_2)
}
