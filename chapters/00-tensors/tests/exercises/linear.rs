//! The judge of `linear`.

#[cfg_attr(feature = "exercises", path = "../../exercises/linear.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/linear.rs")]
mod answer;
#[path = "../../exercises/wrong/linear-bias-by-row.rs"]
mod bias_by_row;
#[path = "../../exercises/wrong/linear-transposed.rs"]
mod transposed;
#[path = "../../exercises/wrong/linear-without-bias.rs"]
mod without_bias;

use dfdx::prelude::*;

type Matrix<const ROWS: usize, const COLUMNS: usize> = Tensor<Rank2<ROWS, COLUMNS>, f32, Cpu>;

fn judge(linear: fn(Matrix<2, 3>, Matrix<2, 3>, Tensor<Rank1<2>, f32, Cpu>) -> Matrix<2, 2>) {
    let dev = Cpu::default();
    let examples = [
        (
            [[1.0, 2.0, 3.0], [0.0, 1.0, 0.0]],
            [[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]],
            [10.0, 20.0],
            [[8.0, 24.0], [10.0, 21.0]],
        ),
        (
            [[1.0, 1.0, 1.0], [2.0, -1.0, 0.5]],
            [[0.0, 3.0, 2.0], [-1.0, 1.0, 4.0]],
            [0.5, -0.5],
            [[5.5, 3.5], [-1.5, -1.5]],
        ),
    ];
    for (x, weight, bias, expected) in examples {
        let own = linear(dev.tensor(x), dev.tensor(weight), dev.tensor(bias)).array();
        let turned = [[own[0][0], own[1][0]], [own[0][1], own[1][1]]];
        assert!(
            own == expected || turned != expected,
            "rows and columns are exchanged: row i must belong to row i of x, so {expected:?} is \
             expected, {own:?} came"
        );
        let without: [[f32; 2]; 2] =
            std::array::from_fn(|i| std::array::from_fn(|o| expected[i][o] - bias[o]));
        assert!(own != without, "the bias {bias:?} is missing: {expected:?} is expected, {own:?} came");
        assert!(
            own == expected,
            "x = {x:?}, W = {weight:?}, b = {bias:?}: {expected:?} is expected, {own:?} came"
        );
    }
}

#[test]
fn linear() {
    judge(answer::linear);
}

#[test]
#[should_panic(expected = "rows and columns are exchanged")]
fn transposed() {
    judge(transposed::linear);
}

#[test]
#[should_panic(expected = "the bias [10.0, 20.0] is missing")]
fn without_bias() {
    judge(without_bias::linear);
}

#[test]
#[should_panic(
    expected = "b = [10.0, 20.0]: [[8.0, 24.0], [10.0, 21.0]] is expected, [[8.0, 14.0], [20.0, 21.0]] came"
)]
fn bias_by_row() {
    judge(bias_by_row::linear);
}
