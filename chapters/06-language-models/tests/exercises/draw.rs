//! The judge of `draw`.

#[cfg_attr(feature = "exercises", path = "../../exercises/draw.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/draw.rs")]
mod answer;
#[path = "../../exercises/wrong/draw-evenly.rs"]
mod evenly;
#[path = "../../exercises/wrong/draw-impossible-at-zero.rs"]
mod impossible_at_zero;
#[path = "../../exercises/wrong/draw-likeliest.rs"]
mod likeliest;
#[path = "../../exercises/wrong/draw-not-added-up.rs"]
mod not_added_up;
#[path = "../../exercises/wrong/draw-off-the-end.rs"]
mod off_the_end;

fn judge(draw: fn(&[f64], f64) -> usize) {
    for probabilities in [vec![0.5, 0.0, 0.3, 0.2], vec![0.1, 0.7, 0.2]] {
        let mut counts = vec![0; probabilities.len()];
        for i in 0..1000 {
            let u = (f64::from(i) + 0.5) / 1000.0;
            let token = draw(&probabilities, u);
            assert!(
                token < counts.len(),
                "u = {u} gives token {token}, which {probabilities:?} does not have"
            );
            counts[token] += 1;
        }
        let expected: Vec<i32> = probabilities.iter().map(|p| (p * 1000.0).round() as i32).collect();
        assert!(
            counts == expected,
            "of a thousand even u the tokens of {probabilities:?} get {expected:?}, not {counts:?}"
        );
    }
    let own = draw(&[0.0, 1.0], 0.0);
    assert!(own == 1, "u = 0 must not give token {own}, whose probability is 0");
    let own = draw(&[0.1; 10], 1.0 - 1e-16);
    assert!(own == 9, "ten tenths sum to a little less than 1: the last u gives token 9, not {own}");
}

#[test]
fn draw() {
    judge(answer::draw);
}

#[test]
#[should_panic(expected = "get [500, 0, 300, 200], not [1000, 0, 0, 0]")]
fn likeliest() {
    judge(likeliest::draw);
}

#[test]
#[should_panic(expected = "get [500, 0, 300, 200], not [250, 250, 250, 250]")]
fn evenly() {
    judge(evenly::draw);
}

#[test]
#[should_panic(expected = "of a thousand even u the tokens of [0.5, 0.0, 0.3, 0.2] get")]
fn not_added_up() {
    judge(not_added_up::draw);
}

#[test]
#[should_panic(expected = "u = 0 must not give token 0, whose probability is 0")]
fn impossible_at_zero() {
    judge(impossible_at_zero::draw);
}

#[test]
#[should_panic(expected = "the last u gives token 9, not 10")]
fn off_the_end() {
    judge(off_the_end::draw);
}
