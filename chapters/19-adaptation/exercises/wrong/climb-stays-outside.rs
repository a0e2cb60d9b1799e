//! Lets nothing pull that is outside, where it would come back, too.

fn softmax(scores: &[f64]) -> Vec<f64> {
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = scores.iter().map(|score| (score - largest).exp()).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}

pub fn climb(
    scores: &[f64],
    drawn: &[usize],
    advantages: &[f64],
    (rate, updates, clip): (f64, usize, f64),
) -> Vec<f64> {
    let (old, mut scores) = (softmax(scores), scores.to_vec());
    for _ in 0..updates {
        let now = softmax(&scores);
        for (&text, a) in drawn.iter().zip(advantages) {
            let ratio = now[text] / old[text];
            if clip_holds(ratio, *a, clip) {
                continue;
            }
            let pull = rate * ratio * a / drawn.len() as f64;
            for (k, score) in scores.iter_mut().enumerate() {
                *score += pull * (f64::from(u8::from(k == text)) - now[k]);
            }
        }
    }
    scores
}

/// Whether a text has gone far enough where its advantage sent it.
fn clip_holds(ratio: f64, advantage: f64, clip: f64) -> bool {
    advantage != 0.0 && (ratio - 1.0).abs() > clip
}
