//! The judge of `leak`.

#[cfg_attr(feature = "exercises", path = "../../exercises/leak.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/leak.rs")]
mod answer;
#[path = "../../exercises/wrong/leak-compares-the-changed-token.rs"]
mod compares_the_changed_token;
#[path = "../../exercises/wrong/leak-ends-the-text.rs"]
mod ends_the_text;
#[path = "../../exercises/wrong/leak-first-position-only.rs"]
mod first_position_only;
#[path = "../../exercises/wrong/leak-last-token-only.rs"]
mod last_token_only;
#[path = "../../exercises/wrong/leak-one-value-only.rs"]
mod one_value_only;

type Model = fn(&[usize]) -> Vec<f64>;

fn judge(leaks: fn(Model, &[usize], usize) -> bool) {
    let numbers: [(&str, Model, bool); 6] = [
        (
            "the mean of all tokens so far",
            |text| (0..text.len()).map(|i| text[..=i].iter().sum::<usize>() as f64).collect(),
            false,
        ),
        (
            "the next token",
            |text| (0..text.len()).map(|i| *text.get(i + 1).unwrap_or(&0) as f64).collect(),
            true,
        ),
        // A model may notice one change only: of one token, to one value.
        (
            "whether the last token is 3",
            |text| text.iter().map(|_| f64::from(text[text.len() - 1] == 3)).collect(),
            true,
        ),
        ("at position 0, token 1", |text| vec![text[1] as f64, 0.0, 0.0], true),
        ("at position 1, token 2", |text| vec![0.0, text[2] as f64, 0.0], true),
        ("nothing but the length of the text", |text| vec![text.len() as f64; text.len()], false),
    ];
    for (gives, model, expected) in numbers {
        let own = leaks(model, &[3, 1, 2], 4);
        let says = if expected { "leaks" } else { "does not leak" };
        assert!(own == expected, "a model whose numbers are {gives} {says}, but {own} came");
    }
}

#[test]
fn leak() {
    judge(answer::leaks);
}

#[test]
#[should_panic(expected = "a model whose numbers are at position 0, token 1 leaks")]
fn last_token_only() {
    judge(last_token_only::leaks);
}

#[test]
#[should_panic(expected = "a model whose numbers are whether the last token is 3 leaks")]
fn one_value_only() {
    judge(one_value_only::leaks);
}

#[test]
#[should_panic(expected = "a model whose numbers are the mean of all tokens so far does not leak")]
fn compares_the_changed_token() {
    judge(compares_the_changed_token::leaks);
}

#[test]
#[should_panic(expected = "a model whose numbers are at position 1, token 2 leaks")]
fn first_position_only() {
    judge(first_position_only::leaks);
}

#[test]
#[should_panic(expected = "a model whose numbers are nothing but the length of the text does not leak")]
fn ends_the_text() {
    judge(ends_the_text::leaks);
}
