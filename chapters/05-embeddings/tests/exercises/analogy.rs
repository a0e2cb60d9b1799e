//! The judge of `analogy`.

#[cfg_attr(feature = "exercises", path = "../../exercises/analogy.rs")]
#[cfg_attr(not(feature = "exercises"), path = "../../solutions/analogy.rs")]
mod answer;
#[path = "../../exercises/wrong/analogy-backwards.rs"]
mod backwards;
#[path = "../../exercises/wrong/analogy-dot-product.rs"]
mod dot_product;
#[path = "../../exercises/wrong/analogy-nearest-to-c.rs"]
mod nearest_to_c;
#[path = "../../exercises/wrong/analogy-one-of-the-three.rs"]
mod one_of_the_three;

fn judge(analogy: fn(&[Vec<f64>], usize, usize, usize) -> usize) {
    let check = |rows: &[&[f64]], (a, b, c): (usize, usize, usize), expected: usize, why: &str| {
        let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.to_vec()).collect();
        let own = analogy(&rows, a, b, c);
        assert!(
            own == expected,
            "{a} is to {b} as {c} is to {expected}, not to {own}: {why}. The vectors: {rows:?}"
        );
    };
    let exact: [&[f64]; 5] =
        [&[1.0, 0.0, 0.2], &[1.0, 0.0, -0.2], &[0.0, 1.0, 0.2], &[0.0, 1.0, -0.2], &[-1.0, -1.0, 0.0]];
    check(&exact, (0, 1, 2), 3, "b − a + c is a vector of the list");
    check(&exact, (3, 2, 1), 0, "b − a + c is a vector of the list");
    let mirrored: [&[f64]; 5] =
        [&[1.0, 0.0, 0.0], &[1.0, 1.0, 0.0], &[0.0, 0.0, 1.0], &[0.0, -1.0, 1.0], &[0.0, 1.0, 1.0]];
    check(&mirrored, (0, 1, 2), 4, "from a to b is b − a, and that is added to c");
    // The target is (0, 1.2): c itself has the cosine 1.
    let near: [&[f64]; 5] = [&[1.0, 0.0], &[1.0, 0.2], &[0.0, 1.0], &[0.3, 1.0], &[-1.0, 0.0]];
    check(&near, (0, 1, 2), 3, "the answer is none of the three");
    let long: [&[f64]; 5] = [&[1.0, 0.0], &[1.0, 0.2], &[0.0, 1.0], &[0.3, 1.0], &[5.0, 5.0]];
    check(&long, (0, 1, 2), 3, "the cosine looks at directions, whatever the lengths");
}

#[test]
fn analogy() {
    judge(answer::analogy);
}

#[test]
#[should_panic(expected = "the answer is none of the three")]
fn one_of_the_three() {
    judge(one_of_the_three::analogy);
}

#[test]
#[should_panic(expected = "the cosine looks at directions, whatever the lengths")]
fn dot_product() {
    judge(dot_product::analogy);
}

#[test]
#[should_panic(expected = "from a to b is b − a, and that is added to c")]
fn backwards() {
    judge(backwards::analogy);
}

#[test]
#[should_panic(expected = "from a to b is b − a, and that is added to c")]
fn nearest_to_c() {
    judge(nearest_to_c::analogy);
}
