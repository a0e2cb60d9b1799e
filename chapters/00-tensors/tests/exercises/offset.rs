//! The judge of `offset`.

#[cfg_attr(feature = "exercises", path = "../../exercises/offset.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/offset.rs")]
mod answer;
#[path = "../../exercises/wrong/offset-first-axis-fastest.rs"]
mod first_axis_fastest;
#[path = "../../exercises/wrong/offset-one-row-only.rs"]
mod one_row_only;
#[path = "../../exercises/wrong/offset-one-shape.rs"]
mod one_shape;
#[path = "../../exercises/wrong/offset-own-lengths.rs"]
mod own_lengths;

fn judge(offset: fn([usize; 3], [usize; 3]) -> usize) {
    // Every element has a place of its own, in row-major order. The axes differ, and none is 1 throughout.
    for shape in [[2, 3, 4], [4, 2, 3], [3, 5, 1]] {
        let mut place = 0;
        for i in 0..shape[0] {
            for j in 0..shape[1] {
                for k in 0..shape[2] {
                    let own = offset(shape, [i, j, k]);
                    assert!(
                        own == place,
                        "in the shape {shape:?} element [{i}, {j}, {k}] lies at {place}, not at {own}"
                    );
                    place += 1;
                }
            }
        }
    }
}

#[test]
fn offset() {
    judge(answer::offset);
}

#[test]
#[should_panic(expected = "in the shape [4, 2, 3] element [0, 1, 0] lies at 3, not at 4")]
fn one_shape() {
    judge(one_shape::offset);
}

#[test]
#[should_panic(expected = "in the shape [2, 3, 4] element [0, 0, 1] lies at 1, not at 6")]
fn first_axis_fastest() {
    judge(first_axis_fastest::offset);
}

#[test]
#[should_panic(expected = "in the shape [2, 3, 4] element [0, 1, 0] lies at 4, not at 3")]
fn own_lengths() {
    judge(own_lengths::offset);
}

#[test]
#[should_panic(expected = "in the shape [2, 3, 4] element [1, 0, 0] lies at 12, not at 4")]
fn one_row_only() {
    judge(one_row_only::offset);
}
