//! The judge of `attribution`.

#[cfg_attr(feature = "exercises", path = "../../exercises/attribution.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/attribution.rs")]
pub(super) mod answer;
#[path = "../../exercises/wrong/attribution-first-columns.rs"]
mod first_columns;
#[path = "../../exercises/wrong/attribution-layer-norm.rs"]
mod layer_norm;
#[path = "../../exercises/wrong/attribution-no-gain.rs"]
mod no_gain;
#[path = "../../exercises/wrong/attribution-no-rest.rs"]
mod no_rest;
#[path = "../../exercises/wrong/attribution-own-size.rs"]
mod own_size;
#[path = "../../exercises/wrong/attribution-transposed.rs"]
mod transposed;

use crate::same::same;

type Attribution = fn(&[f64], &[Vec<f64>], &[Vec<f64>], &[f64], &[f64]) -> Vec<f64>;

/// Numbers that look random.
fn numbers(count: usize, from: usize) -> Vec<f64> {
    (from..from + count).map(|i| (i as f64 * 12.9898).sin()).collect()
}

fn judge(attribution: Attribution) {
    // By hand: the stream [3, 4, 0, 0] has the size √(25/4) = 2.5. The heads found 1 in column 0 and 2 in
    // column 3, and added [1, 0, 0, 0] and [0, 2, 0, 0]. In the direction [2.5, 5, 0, 0] the score is 3 + 8.
    let output = [vec![1.0, 0.0, 0.0, 0.0], vec![0.0, 0.0, 0.0, 1.0], vec![0.0; 4], vec![0.0; 4]];
    let found = [vec![1.0, 0.0], vec![0.0, 2.0]];
    let own = attribution(&[3.0, 4.0, 0.0, 0.0], &found, &output, &[1.0; 4], &[2.5, 5.0, 0.0, 0.0]);
    same("heads that add 1 and 4 to a score of 11", &own, &[1.0, 4.0, 6.0], 1e-3);
    for (width, heads) in [(6, 2), (6, 3), (8, 1), (4, 4)] {
        let stream: Vec<f64> = numbers(width, 1).iter().map(|x| x + 0.7).collect();
        let found: Vec<Vec<f64>> = (0..heads).map(|head| numbers(width / heads, 50 + 9 * head)).collect();
        let output: Vec<Vec<f64>> = (0..width).map(|out| numbers(width, 100 + 31 * out)).collect();
        let (gain, direction) = (numbers(width, 400), numbers(width, 500));
        let size = (stream.iter().map(|x| x * x).sum::<f64>() / width as f64 + 1e-5).sqrt();
        let read =
            |vector: &[f64]| -> f64 { (0..width).map(|i| vector[i] * gain[i] * direction[i] / size).sum() };
        let all = found.concat();
        let of_head = |head: usize| {
            let columns = head * width / heads..(head + 1) * width / heads;
            let added: Vec<f64> = output
                .iter()
                .map(|row| columns.clone().map(|column| row[column] * all[column]).sum())
                .collect();
            read(&added)
        };
        let mut expected: Vec<f64> = (0..heads).map(of_head).collect();
        expected.push(read(&stream) - expected.iter().sum::<f64>());
        let own = attribution(&stream, &found, &output, &gain, &direction);
        same(&format!("{heads} heads in a stream of {width}"), &own, &expected, 1e-9);
    }
}

#[test]
fn attribution() {
    judge(answer::attribution);
}

#[test]
#[should_panic(expected = "heads that add 1 and 4 to a score of 11: number 0 is")]
fn own_size() {
    judge(own_size::attribution);
}

#[test]
#[should_panic(expected = "heads that add 1 and 4 to a score of 11: number 1 is 0")]
fn first_columns() {
    judge(first_columns::attribution);
}

#[test]
#[should_panic(expected = "heads that add 1 and 4 to a score of 11: number 1 is 0")]
fn transposed() {
    judge(transposed::attribution);
}

#[test]
#[should_panic(expected = "heads that add 1 and 4 to a score of 11: 3 numbers are expected, 2 came")]
fn no_rest() {
    judge(no_rest::attribution);
}

#[test]
#[should_panic(expected = "2 heads in a stream of 6: number 0 is")]
fn no_gain() {
    judge(no_gain::attribution);
}

#[test]
#[should_panic(expected = "heads that add 1 and 4 to a score of 11: number 0 is")]
fn layer_norm() {
    judge(layer_norm::attribution);
}
