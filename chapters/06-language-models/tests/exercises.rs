//! The judge of the exercises. `cargo x exercises language-models` runs it on `exercises/`;
//! `cargo test` runs it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/add_k.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/add_k.rs")]
mod add_k;
#[cfg_attr(feature = "exercises", path = "../exercises/convert.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/convert.rs")]
mod convert;
#[cfg_attr(feature = "exercises", path = "../exercises/draw.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/draw.rs")]
mod draw;
#[cfg_attr(feature = "exercises", path = "../exercises/entropy.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/entropy.rs")]
mod entropy;

#[test]
fn convert() {
    let (perplexity, bits) = convert::convert(256_f64.ln(), 1.0);
    assert!((perplexity - 256.0).abs() < 1e-9 && (bits - 8.0).abs() < 1e-12, "{perplexity} {bits}");
    let (_, bits) = convert::convert(2.0 * std::f64::consts::LN_2, 4.0);
    assert!((bits - 0.5).abs() < 1e-12, "two bits shared by four characters are {bits} each");
}

#[test]
fn add_k() {
    assert_eq!(add_k::add_k(&[3, 1, 0], 1.0), [4.0 / 7.0, 2.0 / 7.0, 1.0 / 7.0]);
    assert_eq!(add_k::add_k(&[0, 0], 0.5), [0.5, 0.5]);
}

#[test]
fn draw() {
    let probabilities = [0.5, 0.0, 0.3, 0.2];
    let mut counts = [0; 4];
    for i in 0..1000 {
        counts[draw::draw(&probabilities, (f64::from(i) + 0.5) / 1000.0)] += 1;
    }
    assert_eq!(counts, [500, 0, 300, 200]);
    assert_eq!(draw::draw(&[0.1; 10], 1.0 - 1e-17), 9, "rounding must not run off the end");
}

#[test]
fn entropy() {
    let bits = entropy::entropy(&[0.5, 0.5], &[vec![1.0], vec![0.25; 4]]);
    assert!((bits - 2.0).abs() < 1e-12, "1 bit and half of 2 bits, not {bits}");
    assert_eq!(entropy::entropy(&[1.0, 0.0], &[vec![1.0, 0.0], vec![0.5, 0.5]]), 0.0);
}
