//! The key of the row asks the queries.

pub fn attend(queries: &[Vec<f64>], keys: &[Vec<f64>], values: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let root = (queries[0].len() as f64).sqrt();
    let score = |q: &[f64], k: &[f64]| q.iter().zip(k).map(|(q, k)| q * k).sum::<f64>() / root;
    let row = |i: usize| {
        let powers: Vec<f64> = (0..=i).map(|j| score(&queries[j], &keys[i]).exp()).collect();
        let sum: f64 = powers.iter().sum();
        (0..values[0].len()).map(|d| (0..=i).map(|j| powers[j] / sum * values[j][d]).sum()).collect()
    };
    (0..queries.len()).map(row).collect()
}
