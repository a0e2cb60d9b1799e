//! Takes the whole test for one text, so that runs cross from one of its texts into the next.

use std::collections::BTreeSet;

pub fn decontaminate(
    train: &[&str],
    test: &[&str],
    n: usize,
    shingles: fn(&str, usize) -> BTreeSet<String>,
) -> Vec<usize> {
    let runs = |text: &str| {
        let whole = move |run: &String| run.split(' ').count() == n;
        shingles(text, n).into_iter().filter(whole).collect::<BTreeSet<String>>()
    };
    let forbidden = runs(&test.join(" "));
    (0..train.len()).filter(|&i| runs(train[i]).is_disjoint(&forbidden)).collect()
}
