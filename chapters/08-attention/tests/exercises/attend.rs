//! The judge of `attend`.

#[cfg_attr(feature = "exercises", path = "../../exercises/attend.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/attend.rs")]
mod answer;
#[path = "../../exercises/wrong/attend-empty.rs"]
mod empty;
#[path = "../../exercises/wrong/attend-overflows.rs"]
mod overflows;
#[path = "../../exercises/wrong/attend-queries-and-keys-exchanged.rs"]
mod queries_and_keys_exchanged;
#[path = "../../exercises/wrong/attend-root-of-the-values.rs"]
mod root_of_the_values;
#[path = "../../exercises/wrong/attend-sees-all.rs"]
mod sees_all;
#[path = "../../exercises/wrong/attend-shares-with-the-future.rs"]
mod shares_with_the_future;

use crate::same::same;
use attention::{attention, causal_mask};
use dfdx::prelude::{Const, Cpu, TensorFromVec};
use tensors::seeds;

type Rows = Vec<Vec<f64>>;
type Attend = fn(&[Vec<f64>], &[Vec<f64>], &[Vec<f64>]) -> Rows;

fn random(seed: u64, rows: usize, size: usize, scale: f64) -> Rows {
    let numbers = seeds::normal(&mut seeds::generator(seed), rows * size, 1.0);
    numbers.chunks(size).map(|row| row.iter().map(|&x| scale * f64::from(x)).collect()).collect()
}

/// Compares with the chapter's tensor version, on random numbers of a shape of its own.
fn compare<const KEY: usize, const VALUE: usize>(attend: Attend, seq: usize, scale: f64, what: &str) {
    let seed = seq as u64;
    let (q, k) = (random(seed, seq, KEY, scale), random(seed + 100, seq, KEY, 1.0));
    let v = random(seed + 200, seq, VALUE, 1.0);
    let own = attend(&q, &k, &v);
    assert_eq!(own.len(), seq, "{seq} queries have {seq} rows");
    let dev = Cpu::default();
    let [queries, keys] = [&q, &k].map(|rows| dev.tensor_from_vec(rows.concat(), (1, seq, Const::<KEY>)));
    let values = dev.tensor_from_vec(v.concat(), (1, seq, Const::<VALUE>));
    let expected = attention(queries, keys, values, Some(&causal_mask(&dev, seq))).as_vec();
    for (i, expected) in expected.chunks(VALUE).enumerate() {
        same(&format!("{what}, row {i}"), &own[i], expected, 1e-9);
    }
}

fn judge(attend: Attend) {
    let (q, k, v) = (random(1, 4, 3, 1.0), random(2, 4, 3, 1.0), random(3, 4, 2, 1.0));
    let own = attend(&q, &k, &v);
    assert_eq!(own.len(), 4, "four queries have four rows");
    same("row 0 is value 0, for the first token sees itself and nothing else", &own[0], &v[0], 1e-12);
    let (mut other_k, mut other_v) = (k.clone(), v.clone());
    (other_k[3], other_v[3]) = (vec![5.0; 3], vec![-5.0; 2]);
    let other = attend(&q, &other_k, &other_v);
    for i in 0..3 {
        same(&format!("row {i} must not change when token 3 changes"), &other[i], &own[i], 0.0);
    }
    compare::<3, 2>(attend, 6, 1.0, "keys of 3 numbers, values of 2");
    compare::<5, 4>(attend, 3, 1.0, "keys of 5 numbers, values of 4");
    // The first exercise has said how.
    compare::<2, 3>(attend, 5, 3000.0, "scores of some thousands, which must not overflow");
}

#[test]
fn attend() {
    judge(answer::attend);
}

#[test]
#[should_panic(expected = "scores of some thousands, which must not overflow")]
fn overflows() {
    judge(overflows::attend);
}

#[test]
#[should_panic(expected = "row 0 is value 0, for the first token sees itself and nothing else")]
fn sees_all() {
    judge(sees_all::attend);
}

#[test]
#[should_panic(expected = "row 1 must not change when token 3 changes")]
fn shares_with_the_future() {
    judge(shares_with_the_future::attend);
}

#[test]
#[should_panic(expected = "keys of 3 numbers, values of 2, row 1")]
fn root_of_the_values() {
    judge(root_of_the_values::attend);
}

#[test]
#[should_panic(expected = "row 1: number 0 is")]
fn queries_and_keys_exchanged() {
    judge(queries_and_keys_exchanged::attend);
}

#[test]
#[should_panic(expected = "four queries have four rows")]
fn empty() {
    judge(empty::attend);
}
