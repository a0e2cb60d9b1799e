//! The judge of `streaming`.

#[cfg_attr(feature = "exercises", path = "../../exercises/streaming.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/streaming.rs")]
mod answer;
#[path = "../../exercises/wrong/streaming-forgets-the-half.rs"]
mod forgets_the_half;
#[path = "../../exercises/wrong/streaming-late.rs"]
mod late;
#[path = "../../exercises/wrong/streaming-one-at-a-time.rs"]
mod one_at_a_time;
#[path = "../../exercises/wrong/streaming-repeats.rs"]
mod repeats;
#[path = "../../exercises/wrong/streaming-replaces.rs"]
mod replaces;

fn judge(show: fn(&mut Vec<u8>, &[u8]) -> String) {
    let text = "a猫と🐱!";
    for size in 1..=8 {
        let (mut pending, mut come, mut shown) = (Vec::new(), 0, 0);
        for token in text.as_bytes().chunks(size) {
            come += token.len();
            let whole = (shown..=come).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(shown);
            let (own, expected) = (show(&mut pending, token), &text[shown..whole]);
            assert!(
                own == expected,
                "{text:?} in tokens of {size} bytes, after {come} bytes: {expected:?} can be shown now, \
                 {own:?} came"
            );
            shown = whole;
            let kept = &text.as_bytes()[shown..come];
            assert!(
                pending == kept,
                "{text:?} in tokens of {size} bytes, after {come} bytes: {kept:?} must be kept, \
                 {pending:?} was"
            );
        }
    }
}

#[test]
fn streaming() {
    judge(answer::show);
}

#[test]
#[should_panic(expected = "in tokens of 2 bytes, after 2 bytes: \"a\" can be shown now, \"\" came")]
fn late() {
    judge(late::show);
}

#[test]
#[should_panic(expected = "in tokens of 1 bytes, after 2 bytes: \"\" can be shown now, \"�\" came")]
fn replaces() {
    judge(replaces::show);
}

#[test]
#[should_panic(expected = "after 1 bytes: [] must be kept, [97] was")]
fn repeats() {
    judge(repeats::show);
}

#[test]
#[should_panic(expected = "must be kept")]
fn forgets_the_half() {
    judge(forgets_the_half::show);
}

#[test]
#[should_panic(expected = "\"🐱!\" can be shown now, \"🐱\" came")]
fn one_at_a_time() {
    judge(one_at_a_time::show);
}
