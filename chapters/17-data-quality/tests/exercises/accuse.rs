//! The judge of `accuse`.

#[path = "../../exercises/wrong/accuse-adds-winnings.rs"]
mod adds_winnings;
#[path = "../../exercises/wrong/accuse-all-in.rs"]
mod all_in;
#[cfg_attr(feature = "exercises", path = "../../exercises/accuse.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/accuse.rs")]
mod answer;
#[path = "../../exercises/wrong/accuse-at-the-end.rs"]
mod at_the_end;
#[path = "../../exercises/wrong/accuse-counts-from-zero.rs"]
mod counts_from_zero;
#[path = "../../exercises/wrong/accuse-in-nats.rs"]
mod in_nats;
#[path = "../../exercises/wrong/accuse-loses-its-capital.rs"]
mod loses_its_capital;
#[path = "../../exercises/wrong/accuse-mixes-logarithms.rs"]
mod mixes_logarithms;

fn judge(accuse: fn(&[f64], f64) -> Option<usize>) {
    let at = |evidence: &[f64], level: f64, expected: Option<usize>, what: &str| {
        let found = accuse(evidence, level);
        assert!(
            found == expected,
            "{what}: {found:?}, expected {expected:?}\n  evidence: {:?} …, level {level}",
            &evidence[..evidence.len().min(6)]
        );
    };
    at(&[], 0.5, None, "nothing is proven without stories");
    // ½ + ½ · 3 = 2, twice.
    let three = 3_f64.log2();
    at(&[three, three, three], 0.26, Some(2), "3 for 1 doubles the capital each time");
    at(&[three, three], 0.1, None, "a capital of 4 is no 10");
    at(&[9.0], 0.001, None, "a capital of 256 is no 1000");
    at(&[12.0, -1.0], 0.001, Some(1), "one story is enough if it is known by heart");
    at(
        &[-300.0, -300.0, 13.0],
        0.001,
        Some(3),
        "who keeps half is not ruined by stories the model does not know",
    );
    at(&[11.0, -50.0, -50.0], 0.001, Some(1), "what is proven stays proven");
    at(&[0.0; 9], 0.9, None, "to know as much as the grammar is no guilt");
    // So low that half of the stake and nothing more is left, to the last bit.
    let mut long = vec![-60.0; 1200];
    long.push(1300.0);
    at(&long, 0.001, Some(1201), "a capital of 2⁻¹²⁰⁰ can come back");
}

#[test]
fn accuse() {
    judge(answer::accuse);
}

#[test]
#[should_panic(expected = "3 for 1 doubles the capital each time: Some(3), expected Some(2)")]
fn adds_winnings() {
    judge(adds_winnings::accuse);
}

#[test]
#[should_panic(
    expected = "who keeps half is not ruined by stories the model does not know: None, expected Some(3)"
)]
fn all_in() {
    judge(all_in::accuse);
}

#[test]
#[should_panic(expected = "3 for 1 doubles the capital each time: Some(3), expected Some(2)")]
fn at_the_end() {
    judge(at_the_end::accuse);
}

#[test]
#[should_panic(expected = "3 for 1 doubles the capital each time: Some(1), expected Some(2)")]
fn counts_from_zero() {
    judge(counts_from_zero::accuse);
}

#[test]
#[should_panic(expected = "a capital of 2⁻¹²⁰⁰ can come back: None, expected Some(1201)")]
fn loses_its_capital() {
    judge(loses_its_capital::accuse);
}

#[test]
#[should_panic(expected = "a capital of 256 is no 1000: Some(1), expected None")]
fn in_nats() {
    judge(in_nats::accuse);
}

#[test]
#[should_panic(expected = "a capital of 256 is no 1000: Some(1), expected None")]
fn mixes_logarithms() {
    judge(mixes_logarithms::accuse);
}
