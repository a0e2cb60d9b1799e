//! The judge of `windows`.

#[cfg_attr(feature = "exercises", path = "../../exercises/windows.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/windows.rs")]
mod answer;
#[path = "../../exercises/wrong/windows-one-target-short.rs"]
mod one_target_short;
#[path = "../../exercises/wrong/windows-refuses-the-last.rs"]
mod refuses_the_last;
#[path = "../../exercises/wrong/windows-targets-are-inputs.rs"]
mod targets_are_inputs;
#[path = "../../exercises/wrong/windows-the-next-window.rs"]
mod the_next_window;

type Window = fn(&[usize], usize, usize) -> Option<(Vec<usize>, Vec<usize>)>;

fn judge(window: Window) {
    let tokens = [5, 6, 7, 8, 9];
    let cut = |from: usize, to: usize| tokens[from..to].to_vec();
    for (start, context, expected, why) in [
        (1, 3, Some((cut(1, 4), cut(2, 5))), "the last target is the last token"),
        (0, 2, Some((cut(0, 2), cut(1, 3))), "each target is the token after its input"),
        (2, 3, None, "the last input has no target"),
        (4, 1, None, "the last input has no target"),
        (9, 1, None, "it begins beyond the end"),
    ] {
        let own = window(&tokens, start, context);
        assert!(
            own == expected,
            "{context} inputs of {tokens:?} from place {start}: {expected:?} is expected ({why}), \
             {own:?} came"
        );
    }
}

#[test]
fn windows() {
    judge(answer::window);
}

#[test]
#[should_panic(expected = "(the last target is the last token), Some(([6, 7, 8], [6, 7, 8])) came")]
fn targets_are_inputs() {
    judge(targets_are_inputs::window);
}

#[test]
#[should_panic(expected = "(the last input has no target), Some(([7, 8, 9], [8, 9])) came")]
fn one_target_short() {
    judge(one_target_short::window);
}

#[test]
#[should_panic(expected = "(the last target is the last token), None came")]
fn refuses_the_last() {
    judge(refuses_the_last::window);
}

#[test]
#[should_panic(expected = "(the last target is the last token), None came")]
fn the_next_window() {
    judge(the_next_window::window);
}
