//! The judge of `sliding_mask`.

#[cfg_attr(feature = "exercises", path = "../../exercises/sliding_mask.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/sliding_mask.rs")]
mod answer;
#[path = "../../exercises/wrong/sliding_mask-ignores-window.rs"]
mod ignores_window;
#[path = "../../exercises/wrong/sliding_mask-one-too-far.rs"]
mod one_too_far;
#[path = "../../exercises/wrong/sliding_mask-ones-and-zeros.rs"]
mod ones_and_zeros;
#[path = "../../exercises/wrong/sliding_mask-sees-ahead.rs"]
mod sees_ahead;
#[path = "../../exercises/wrong/sliding_mask-transposed.rs"]
mod transposed;

fn judge(sliding_mask: fn(usize, usize) -> Vec<Vec<f64>>) {
    for (seq, window) in [(4, 2), (3, 10), (5, 1), (6, 4)] {
        let mask = sliding_mask(seq, window);
        assert_eq!(mask.len(), seq, "{seq} tokens have {seq} rows");
        for (i, row) in mask.iter().enumerate() {
            assert_eq!(row.len(), seq, "row {i} of the mask for {seq} tokens has {seq} columns");
            for (j, &entry) in row.iter().enumerate() {
                let (why, expected) = match (j > i, i.saturating_sub(j) < window) {
                    (true, _) => ("is ahead", f64::NEG_INFINITY),
                    (false, true) => ("is itself or near enough behind", 0.0),
                    (false, false) => ("is too far back", f64::NEG_INFINITY),
                };
                assert!(
                    entry == expected,
                    "window {window}: for token {i}, token {j} {why}: {expected} is expected, {entry} came"
                );
            }
        }
    }
}

#[test]
fn sliding_mask() {
    judge(answer::sliding_mask);
}

#[test]
#[should_panic(expected = "token 1 is ahead: -inf is expected, 0 came")]
fn sees_ahead() {
    judge(sees_ahead::sliding_mask);
}

#[test]
#[should_panic(expected = "for token 2, token 0 is too far back")]
fn one_too_far() {
    judge(one_too_far::sliding_mask);
}

#[test]
#[should_panic(expected = "for token 2, token 0 is too far back")]
fn ignores_window() {
    judge(ignores_window::sliding_mask);
}

#[test]
#[should_panic(expected = "0 is expected, 1 came")]
fn ones_and_zeros() {
    judge(ones_and_zeros::sliding_mask);
}

#[test]
#[should_panic(expected = "for token 0, token 1 is ahead")]
fn transposed() {
    judge(transposed::sliding_mask);
}
