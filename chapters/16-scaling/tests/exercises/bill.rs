//! The judge of `bill`.

#[path = "../../exercises/wrong/bill-all-keys.rs"]
mod all_keys;
#[cfg_attr(feature = "exercises", path = "../../exercises/bill.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/bill.rs")]
mod answer;
#[path = "../../exercises/wrong/bill-forward-only.rs"]
mod forward_only;
#[path = "../../exercises/wrong/bill-mean-story.rs"]
mod mean_story;
#[path = "../../exercises/wrong/bill-no-output.rs"]
mod no_output;
#[path = "../../exercises/wrong/bill-one-operation.rs"]
mod one_operation;
#[path = "../../exercises/wrong/bill-six-n.rs"]
mod six_n;
#[path = "../../exercises/wrong/bill-square-network.rs"]
mod square_network;
#[path = "../../exercises/wrong/bill-two-tables.rs"]
mod two_tables;

use scaling::law::budget::operations;
use scaling::law::sizes::LADDER;

type Bill = fn(usize, usize, usize, usize, &[usize]) -> usize;

fn judge(bill: Bill) {
    // By hand: 4 · 3² + 2 · 3 · 5 weights in each of 2 blocks and 7 · 3 at the output are 153, which is
    // 306 operations a prediction; looking at k tokens costs 2 · 4 · 3 · k more. All that three times.
    // Before that the output alone, and the blocks alone.
    for (vocabulary, layers, stories, expected, why) in [
        (7, 0, &[1][..], 126, "no block: the output alone, 7 · 3 weights, twice, and thrice in all"),
        (0, 2, &[1], 864, "no output: 132 weights in the blocks, and one token looked at"),
        (
            7,
            2,
            &[1],
            990,
            "306 for the weights and 24 for looking at one token, forward; thrice that in all",
        ),
        (
            7,
            2,
            &[2],
            2052,
            "twice 306 for the weights, and 24 and 48 for looking at one token and at two; thrice",
        ),
        (
            7,
            2,
            &[4, 2],
            6444,
            "six times 306, and 24 for each of 1 + 2 + 3 + 4 and 1 + 2 tokens looked at; thrice",
        ),
        (7, 2, &[], 0, "no story, no cost"),
    ] {
        let own = bill(vocabulary, 3, 5, layers, stories);
        assert!(
            own == expected,
            "vocabulary {vocabulary}, model 3, hidden 5, {layers} layers, stories of {stories:?}: {expected} operations are \
             expected ({why}), {own} came"
        );
    }
    let stories: Vec<usize> = (0..50).map(|i| 150 + i * i % 200).collect();
    for shape in LADDER {
        let expected: f64 = stories.iter().map(|&story| operations(&shape, story)).sum();
        let own = bill(shape.vocabulary, shape.model, shape.hidden, shape.layers, &stories);
        assert!(
            own as f64 == expected,
            "the chapter's model of width {}, fifty stories: {expected} operations are expected, {own} came",
            shape.model
        );
    }
}

#[test]
fn bill() {
    judge(answer::operations);
}

#[test]
#[should_panic(
    expected = "0 layers, stories of [1]: 126 operations are expected (no block: the output alone, 7 · 3 weights, twice, and thrice in all), 42 came"
)]
fn forward_only() {
    judge(forward_only::operations);
}

#[test]
#[should_panic(expected = "24 and 48 for looking at one token and at two")]
fn all_keys() {
    judge(all_keys::operations);
}

#[test]
#[should_panic(expected = "the output alone, 7 · 3 weights, twice, and thrice in all), 0 came")]
fn no_output() {
    judge(no_output::operations);
}

#[test]
#[should_panic(expected = "the output alone, 7 · 3 weights, twice, and thrice in all), 252 came")]
fn two_tables() {
    judge(two_tables::operations);
}

#[test]
#[should_panic(expected = "the output alone, 7 · 3 weights, twice, and thrice in all), 63 came")]
fn one_operation() {
    judge(one_operation::operations);
}

#[test]
#[should_panic(expected = "one token looked at), 792 came")]
fn six_n() {
    judge(six_n::operations);
}

#[test]
#[should_panic(expected = "stories of [4, 2]: 6444 operations are expected")]
fn mean_story() {
    judge(mean_story::operations);
}

#[test]
#[should_panic(
    expected = "stories of [1]: 864 operations are expected (no output: 132 weights in the blocks, and one token looked at), 1368 came"
)]
fn square_network() {
    judge(square_network::operations);
}
