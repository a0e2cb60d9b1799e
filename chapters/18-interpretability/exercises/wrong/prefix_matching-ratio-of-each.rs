//! Wrong: the mean of ratios, in which rare looks at the end count most.

/// The numbers of the induction heads, the best first.
pub fn induction_heads(maps: &[Vec<Vec<f64>>], tokens: &[usize], times: f64) -> Vec<usize> {
    let mut found = Vec::new();
    for (head, map) in maps.iter().enumerate() {
        let (looked, chance) = look(map, tokens);
        if looked > times * chance {
            found.push((head, looked));
        }
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found.into_iter().map(|(head, _)| head).collect()
}

/// How much a head looks behind earlier copies, and how much an even head would.
fn look(map: &[Vec<f64>], tokens: &[usize]) -> (f64, f64) {
    let (mut looked, mut chance, mut asked) = (0.0, 0.0, 0.0);
    for position in 0..tokens.len() {
        let behind: Vec<usize> =
            (1..=position).filter(|&other| tokens[other - 1] == tokens[position]).collect();
        if behind.is_empty() {
            continue;
        }
        asked += 1.0;
        let even = behind.len() as f64 / (position + 1) as f64;
        looked += behind.iter().map(|&other| map[position][other]).sum::<f64>() / even;
        chance += 1.0;
    }
    (looked / asked, chance / asked)
}
