//! The judge of `fits`.

#[cfg_attr(feature = "exercises", path = "../../exercises/fits.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/fits.rs")]
mod answer;
#[path = "../../exercises/wrong/fits-mean-piece.rs"]
mod mean_piece;
#[path = "../../exercises/wrong/fits-never-refuses.rs"]
mod never_refuses;
#[path = "../../exercises/wrong/fits-weights-only.rs"]
mod weights_only;
#[path = "../../exercises/wrong/fits-window-by-window.rs"]
mod window_by_window;
#[path = "../../exercises/wrong/fits-without-moments.rs"]
mod without_moments;

fn judge(pieces: fn(usize, usize, usize, usize) -> Option<usize>) {
    for (parameters, rows, kept, memory, expected, why) in [
        (10, 8, 100, 1000, Some(1), "160 bytes and 8 windows of 100 are 960"),
        (10, 8, 100, 940, Some(2), "160 bytes for the parameters' four numbers: 780 are left"),
        (10, 8, 100, 800, Some(2), "640 are left, not enough for 8 windows, and enough for 4"),
        (10, 7, 100, 560, Some(2), "400 are left, and the larger of two pieces has 4 windows"),
        (10, 7, 100, 510, Some(3), "350 are left, and the larger of two pieces has 4 windows"),
        (10, 7, 100, 260, Some(7), "100 are left, for one window at a time"),
        (10, 7, 100, 259, None, "99 are left, too little for a window"),
        (10, 7, 100, 100, None, "the model alone takes 160"),
    ] {
        let own = pieces(parameters, rows, kept, memory);
        assert!(
            own == expected,
            "{parameters} parameters, {rows} windows of {kept} bytes, {memory} bytes of memory: \
             {expected:?} is expected ({why}), {own:?} came"
        );
    }
}

#[test]
fn fits() {
    judge(answer::pieces);
}

#[test]
#[should_panic(
    expected = "940 bytes of memory: Some(2) is expected (160 bytes for the parameters' four numbers"
)]
fn weights_only() {
    judge(weights_only::pieces);
}

#[test]
#[should_panic(
    expected = "940 bytes of memory: Some(2) is expected (160 bytes for the parameters' four numbers"
)]
fn without_moments() {
    judge(without_moments::pieces);
}

#[test]
#[should_panic(
    expected = "510 bytes of memory: Some(3) is expected (350 are left, and the larger of two pieces"
)]
fn mean_piece() {
    judge(mean_piece::pieces);
}

#[test]
#[should_panic(
    expected = "1000 bytes of memory: Some(1) is expected (160 bytes and 8 windows of 100 are 960)"
)]
fn window_by_window() {
    judge(window_by_window::pieces);
}

#[test]
#[should_panic(expected = "259 bytes of memory: None is expected (99 are left, too little for a window)")]
fn never_refuses() {
    judge(never_refuses::pieces);
}
