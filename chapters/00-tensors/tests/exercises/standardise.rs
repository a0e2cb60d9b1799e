//! The judge of `standardise`.

#[cfg_attr(feature = "exercises", path = "../../exercises/standardise.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/standardise.rs")]
mod answer;
#[path = "../../exercises/wrong/standardise-centred-only.rs"]
mod centred_only;
#[path = "../../exercises/wrong/standardise-constant.rs"]
mod constant;
#[path = "../../exercises/wrong/standardise-one-row-less.rs"]
mod one_row_less;
#[path = "../../exercises/wrong/standardise-rows.rs"]
mod rows;
#[path = "../../exercises/wrong/standardise-sign-flipped.rs"]
mod sign_flipped;

use dfdx::prelude::*;

type Table = Tensor<Rank2<4, 3>, f32, Cpu>;

fn judge(standardise: fn(Table) -> Table) {
    let dev = Cpu::default();
    for x in [
        [[1.0, 10.0, -3.0], [2.0, 30.0, 0.0], [3.0, 20.0, 3.0], [6.0, 40.0, 8.0]],
        [[0.5, -7.0, 100.0], [-0.5, -7.5, 300.0], [2.5, 9.0, 200.0], [0.0, 1.0, 200.0]],
    ] {
        let own = standardise(dev.tensor(x)).array();
        for column in 0..3 {
            let [before, after] = [&x, &own].map(|table| table.map(|row| row[column]));
            let mean = |values: [f32; 4]| values.iter().sum::<f32>() / 4.0;
            assert!(mean(after).abs() < 1e-5, "column {column} has the mean {}, not 0", mean(after));
            let variance = mean(after.map(|y| y * y));
            assert!((variance - 1.0).abs() < 1e-4, "column {column} has the variance {variance}, not 1");
            let centre = mean(before);
            let deviation = mean(before.map(|x| (x - centre) * (x - centre))).sqrt();
            for row in 0..4 {
                let (distance, y) = (before[row] - centre, after[row]);
                let expected = distance / deviation;
                assert!(
                    (y - expected).abs() < 1e-4,
                    "column {column}, row {row}: {distance} from the mean, in deviations of {deviation}, \
                     is {expected}, not {y}"
                );
            }
        }
    }
}

#[test]
fn standardise() {
    judge(answer::standardise);
}

#[test]
#[should_panic(expected = "from the mean, in deviations of")]
fn constant() {
    judge(constant::standardise);
}

#[test]
#[should_panic(expected = "column 0, row 0: -2 from the mean")]
fn sign_flipped() {
    judge(sign_flipped::standardise);
}

#[test]
#[should_panic(expected = "column 0 has the mean")]
fn rows() {
    judge(rows::standardise);
}

#[test]
#[should_panic(expected = "has the variance 0.75")]
fn one_row_less() {
    judge(one_row_less::standardise);
}

#[test]
#[should_panic(expected = "column 0 has the variance 3.5, not 1")]
fn centred_only() {
    judge(centred_only::standardise);
}
