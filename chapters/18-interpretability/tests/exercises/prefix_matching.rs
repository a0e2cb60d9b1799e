//! The judge of `prefix_matching`.

#[cfg_attr(feature = "exercises", path = "../../exercises/prefix_matching.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/prefix_matching.rs")]
pub(super) mod answer;
#[path = "../../exercises/wrong/prefix_matching-chance-of-all.rs"]
mod chance_of_all;
#[path = "../../exercises/wrong/prefix_matching-copies.rs"]
mod copies;
#[path = "../../exercises/wrong/prefix_matching-last-copy.rs"]
mod last_copy;
#[path = "../../exercises/wrong/prefix_matching-no-chance.rs"]
mod no_chance;
#[path = "../../exercises/wrong/prefix_matching-not-sorted.rs"]
mod not_sorted;
#[path = "../../exercises/wrong/prefix_matching-ratio-of-each.rs"]
mod ratio_of_each;
#[path = "../../exercises/wrong/prefix_matching-without-itself.rs"]
mod without_itself;

/// A head that from position i looks at `looks[i].0` with the weight `looks[i].1`, and with the rest at itself.
fn head(looks: &[(usize, f64)]) -> Vec<Vec<f64>> {
    let row = |(position, &(at, weight)): (usize, &(usize, f64))| {
        let mut row = vec![0.0; looks.len()];
        row[position] += 1.0 - weight;
        row[at] += weight;
        row
    };
    looks.iter().enumerate().map(row).collect()
}

type InductionHeads = fn(&[Vec<Vec<f64>>], &[usize], f64) -> Vec<usize>;

fn judge(induction_heads: InductionHeads) {
    let expect = |what: &str, maps: &[Vec<Vec<f64>>], tokens: &[usize], times: f64, expected: &[usize]| {
        let own = induction_heads(maps, tokens, times);
        assert!(own == expected, "{what}: expected are the heads {expected:?}, {own:?} came");
    };
    // a b c a b c: from 3, 4 and 5 one looks at 1, 2 and 3.
    let tokens = [7, 8, 9, 7, 8, 9];
    let behind = |weight| head(&[(0, 0.0), (0, 0.0), (0, 0.0), (1, weight), (2, weight), (3, weight)]);
    let at_copies = head(&[(0, 0.0), (0, 0.0), (0, 0.0), (0, 1.0), (1, 1.0), (2, 1.0)]);
    expect("a head on the copies and one behind them", &[at_copies, behind(1.0)], &tokens, 2.0, &[1]);
    expect("half a look and a whole one", &[behind(0.5), behind(1.0)], &tokens, 2.0, &[1, 0]);
    // An even head would look there 1/4, 1/5 and 1/6: 0.2056 on average.
    expect(
        "looks of 0.30 and 0.32 where even ones are 0.2056",
        &[behind(0.3), behind(0.32)],
        &tokens,
        1.5,
        &[1],
    );
    // a a a b a: behind the copies are 1; 1 and 2; and at last 1, 2 and 3. Even: 1/2, 2/3 and 3/5.
    let tokens = [4, 4, 4, 5, 4];
    let spread = [vec![
        vec![1.0, 0.0, 0.0, 0.0, 0.0],
        vec![0.2, 0.8, 0.0, 0.0, 0.0],
        vec![0.1, 0.5, 0.4, 0.0, 0.0],
        vec![0.0, 0.0, 0.0, 1.0, 0.0],
        vec![0.0, 0.4, 0.3, 0.3, 0.0],
    ]];
    expect("looks behind several copies, 0.9 of 0.5889", &spread, &tokens, 1.5, &[0]);
    // Who leaves out the position itself has 0.75 of 0.4667: 1.607.
    expect("looks behind several copies, 1.528 times the even ones", &spread, &tokens, 1.55, &[]);
    // a a … a at last: 1/2 behind the first copy, and hardly anything later.
    let early = head(&[(0, 0.0), (1, 0.0), (0, 0.0), (0, 0.0), (0, 0.0), (0, 0.0), (0, 0.0), (1, 0.9)]);
    // Even: 1/2 and 2/8, of which 0.375 is the mean; the looks are 1 and 0.9.
    expect("looks of 0.95 where even ones are 0.375", &[early], &[1, 1, 2, 3, 4, 5, 6, 1], 2.6, &[]);
    expect("a text without any copy", &[behind(1.0)], &[1, 2, 3, 4, 5, 6], 2.0, &[]);
}

#[test]
fn prefix_matching() {
    judge(answer::induction_heads);
}

#[test]
#[should_panic(expected = "a head on the copies and one behind them: expected are the heads [1], [0] came")]
fn copies() {
    judge(copies::induction_heads);
}

#[test]
#[should_panic(expected = "half a look and a whole one: expected are the heads [1, 0], [0, 1] came")]
fn not_sorted() {
    judge(not_sorted::induction_heads);
}

#[test]
#[should_panic(expected = "looks of 0.30 and 0.32 where even ones are 0.2056: expected are the heads [1]")]
fn no_chance() {
    judge(no_chance::induction_heads);
}

#[test]
#[should_panic(expected = "looks of 0.30 and 0.32 where even ones are 0.2056: expected are the heads [1]")]
fn chance_of_all() {
    judge(chance_of_all::induction_heads);
}

#[test]
#[should_panic(
    expected = "looks behind several copies, 0.9 of 0.5889: expected are the heads [0], [] came"
)]
fn last_copy() {
    judge(last_copy::induction_heads);
}

#[test]
#[should_panic(expected = "1.528 times the even ones: expected are the heads [], [0] came")]
fn without_itself() {
    judge(without_itself::induction_heads);
}

#[test]
#[should_panic(expected = "looks of 0.95 where even ones are 0.375: expected are the heads [], [0] came")]
fn ratio_of_each() {
    judge(ratio_of_each::induction_heads);
}
