//! The judge of the exercises. `cargo x exercises embeddings` runs it on `exercises/`; `cargo test`
//! runs it on `solutions/`.

#[cfg_attr(feature = "exercises", path = "../exercises/analogy.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/analogy.rs")]
mod analogy;
#[cfg_attr(feature = "exercises", path = "../exercises/glove.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/glove.rs")]
mod glove;
#[cfg_attr(feature = "exercises", path = "../exercises/negative_sampling.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/negative_sampling.rs")]
mod negative_sampling;
#[cfg_attr(feature = "exercises", path = "../exercises/tf_idf.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../solutions/tf_idf.rs")]
mod tf_idf;

#[test]
fn tf_idf() {
    let documents = [vec![0, 1, 1], vec![0, 2], vec![0]];
    assert_eq!(tf_idf::tf_idf(&documents, 0), [0.0; 3], "a word that is everywhere says nothing");
    assert_eq!(tf_idf::tf_idf(&documents, 1), [2.0 * 3_f64.ln(), 0.0, 0.0]);
    assert_eq!(tf_idf::tf_idf(&documents, 7), [0.0; 3], "a word that is nowhere must not divide by zero");
}

#[test]
fn analogy() {
    let rows = [[1.0, 0.0, 0.2], [1.0, 0.0, -0.2], [0.0, 1.0, 0.2], [0.0, 1.0, -0.2], [-1.0, -1.0, 0.0]];
    let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.to_vec()).collect();
    assert_eq!(analogy::analogy(&rows, 0, 1, 2), 3);
    assert_eq!(analogy::analogy(&rows, 3, 2, 1), 0);
}

#[test]
fn negative_sampling() {
    let (v, u, n) = ([0.3, -0.5], [0.8, 0.1], [-0.2, 0.9]);
    let loss = |[v, u, n]: [[f64; 2]; 3]| {
        let dot = |a: [f64; 2]| a[0] * v[0] + a[1] * v[1];
        (1.0 + (-dot(u)).exp()).ln() + (1.0 + dot(n).exp()).ln()
    };
    let found = negative_sampling::gradients(v, u, n);
    for vector in 0..3 {
        for i in 0..2 {
            let moved = |h: f64| {
                let mut all = [v, u, n];
                all[vector][i] += h;
                loss(all)
            };
            let slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            let own = found[vector][i];
            assert!(
                (own - slope).abs() < 1e-9,
                "vector {vector}, number {i}: {own}, but the loss rises by {slope}"
            );
        }
    }
}

#[test]
fn glove() {
    let exact = glove::loss(&[1.0, 2.0], &[0.5, 0.25], 0.5, 0.5, 2_f64.exp(), 1.0);
    assert!(exact.abs() < 1e-24, "1 + ½ + ½ is ln e²: {exact}");
    let weighted = glove::loss(&[1.0], &[0.0], 0.0, 0.0, 1.0, 16.0);
    assert_eq!(weighted, 0.0, "ln 1 is 0");
    let weighted = glove::loss(&[1.0], &[2.0], 0.0, 0.0, 1.0, 16.0);
    assert!((weighted - 0.125 * 4.0).abs() < 1e-12, "an eighth of 2²: {weighted}");
    assert_eq!(glove::loss(&[1.0], &[2.0], 0.0, 0.0, 0.0, 16.0), 0.0, "what was never seen has no share");
}
