//! Why this token? What the model thought of it, and what could have stood in its place.

use gpt::evaluate::log_softmax;
use tokens::Tokenizer;

/// Tokens shown beside the one that was taken.
const ALTERNATIVES: usize = 3;

// ANCHOR: explain
/// One line about a token: what it spells, its probability by the model itself (before temperature
/// and cuts), its rank, and the likeliest others.
pub fn explanation(logits: &[f32], id: usize, tokenizer: Option<&dyn Tokenizer>) -> String {
    let log_p = log_softmax(logits);
    let mut order: Vec<usize> = (0..log_p.len()).collect();
    order.sort_by(|&a, &b| log_p[b].total_cmp(&log_p[a]).then(a.cmp(&b)));
    let name = |id: usize| match tokenizer {
        Some(tokenizer) => {
            format!("{:?}", String::from_utf8_lossy(&tokenizer.decode(&[id]).unwrap_or_default()))
        }
        None => id.to_string(),
    };
    let rank = order.iter().position(|&other| other == id).map_or(0, |at| at + 1);
    let others = order.iter().filter(|&&other| other != id).take(ALTERNATIVES);
    let others: Vec<String> =
        others.map(|&other| format!("{} {:.3}", name(other), log_p[other].exp())).collect();
    format!("{:<14} {:.3}  rank {rank:<4} instead: {}", name(id), log_p[id].exp(), others.join(", "))
}
// ANCHOR_END: explain
