//! The judge of the exercises. `cargo x exercises transformer` runs it on `exercises/`;
//! `cargo test` runs it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/beam.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/beam.rs")]
mod beam;
#[cfg_attr(feature = "exercises", path = "../exercises/layer_norm.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/layer_norm.rs")]
mod layer_norm;
#[cfg_attr(feature = "exercises", path = "../exercises/residual.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/residual.rs")]
mod residual;
#[cfg_attr(feature = "exercises", path = "../exercises/smoothing.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/smoothing.rs")]
mod smoothing;

#[test]
fn layer_norm() {
    for (own, expected) in layer_norm::layer_norm(&[3.0, 7.0]).iter().zip([-1.0, 1.0]) {
        assert!((own - expected).abs() < 1e-5, "{own}, expected {expected}");
    }
    assert_eq!(layer_norm::layer_norm(&[4.0; 3]), [0.0; 3], "equal numbers must not divide by zero");
}

#[test]
fn residual() {
    let (without, with) = residual::slopes(0.5, 10);
    assert!((without - 0.5_f64.powi(10)).abs() < 1e-15 && (with - 1.5_f64.powi(10)).abs() < 1e-9);
    assert_eq!(residual::slopes(0.0, 100), (0.0, 1.0), "layers that do nothing leave the stream as it is");
}

#[test]
fn smoothing() {
    let p = [0.5, 0.25, 0.25];
    assert!((smoothing::smoothed(&p, 0, 0.0) - 2_f64.ln()).abs() < 1e-12);
    let of_all = (2_f64.ln() + 2.0 * 4_f64.ln()) / 3.0;
    assert!((smoothing::smoothed(&p, 0, 0.1) - (0.9 * 2_f64.ln() + 0.1 * of_all)).abs() < 1e-12);
}

#[test]
fn beam() {
    // 1 is the likelier beginning, but after it everything is open; after 2 the end is certain.
    let next = |text: &[usize]| match text {
        [] => vec![0.0, 0.6, 0.4],
        [2] => vec![1.0, 0.0, 0.0],
        _ => vec![0.4, 0.3, 0.3],
    };
    let (text, p) = beam::beam(next, 1, 6);
    assert_eq!(text, [1, 0], "a beam of one takes the likeliest step");
    assert!((p - 0.24).abs() < 1e-12, "{p}");
    let (text, p) = beam::beam(next, 2, 6);
    assert_eq!(text, [2, 0], "a beam of two finds the likeliest text");
    assert!((p - 0.4).abs() < 1e-12, "{p}");
}
