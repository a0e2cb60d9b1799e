//! The judge of `beam`.

#[path = "../../exercises/wrong/beam-adds-probabilities.rs"]
mod adds_probabilities;
#[cfg_attr(feature = "exercises", path = "../../exercises/beam.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/beam.rs")]
mod answer;
#[path = "../../exercises/wrong/beam-first-to-end.rs"]
mod first_to_end;
#[path = "../../exercises/wrong/beam-goes-on-after-the-end.rs"]
mod goes_on_after_the_end;
#[path = "../../exercises/wrong/beam-greedy.rs"]
mod greedy;
#[path = "../../exercises/wrong/beam-ignores-longest.rs"]
mod ignores_longest;

type Next = fn(&[usize]) -> Vec<f64>;

fn judge(beam: fn(Next, usize, usize) -> (Vec<usize>, f64)) {
    // 1 is the likelier beginning, but after it everything is open; after 2 the end is certain.
    let next: Next = |text| match text {
        [] => vec![0.0, 0.6, 0.4],
        [2] => vec![1.0, 0.0, 0.0],
        _ => vec![0.4, 0.3, 0.3],
    };
    // The end is never the likeliest.
    let endless: Next = |text| if text.len() < 20 { vec![0.1, 0.9] } else { vec![1.0, 0.0] };
    for (model, width, longest, expected, p, why) in [
        (next, 1, 6, vec![1, 0], 0.24, "a beam of one takes the likeliest step"),
        (next, 2, 6, vec![2, 0], 0.4, "a beam of two finds the likeliest text"),
        (next, 9, 6, vec![2, 0], 0.4, "a text that has ended is not continued"),
        (next, 1, 1, vec![1], 0.6, "at most one token"),
        (endless, 1, 3, vec![1, 1, 1], 0.729, "at most three tokens, ended or not"),
        (endless, 3, 4, vec![1, 1, 1, 1], 0.6561, "at most four tokens, ended or not"),
    ] {
        let (own, own_p) = beam(model, width, longest);
        assert!(
            own == expected && (own_p - p).abs() < 1e-12,
            "width {width}, longest {longest}: {expected:?} with {p} is expected ({why}), {own:?} with \
             {own_p} came"
        );
    }
}

#[test]
fn beam() {
    judge(answer::beam);
}

#[test]
#[should_panic(expected = "(at most one token)")]
fn ignores_longest() {
    judge(ignores_longest::beam);
}

#[test]
#[should_panic(expected = "(a beam of two finds the likeliest text)")]
fn greedy() {
    judge(greedy::beam);
}

#[test]
#[should_panic(expected = "(a beam of one takes the likeliest step)")]
fn goes_on_after_the_end() {
    judge(goes_on_after_the_end::beam);
}

#[test]
#[should_panic(expected = "[1, 0] with 0.24 is expected (a beam of one takes the likeliest step)")]
fn adds_probabilities() {
    judge(adds_probabilities::beam);
}

#[test]
#[should_panic(expected = "(a text that has ended is not continued), [0] with 0 came")]
fn first_to_end() {
    judge(first_to_end::beam);
}
