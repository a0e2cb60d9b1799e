//! 2 to the loss in nats.

pub fn convert(nats_per_token: f64, characters_per_token: f64) -> (f64, f64) {
    (nats_per_token.exp2(), nats_per_token / std::f64::consts::LN_2 / characters_per_token)
}
