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

#[cfg(test)]
mod tests {
    use super::*;
    use tokens::Bytes;

    #[test]
    fn a_line_says_how_likely_a_token_was_and_what_else_could_have_come() {
        let scores = [0.05_f32, 0.3, 0.01, 0.5, 0.14].map(f32::ln);
        for (id, line) in [
            (1, "1              0.300  rank 2    instead: 3 0.500, 4 0.140, 0 0.050"),
            (3, "3              0.500  rank 1    instead: 1 0.300, 4 0.140, 0 0.050"),
            (2, "2              0.010  rank 5    instead: 3 0.500, 1 0.300, 4 0.140"),
        ] {
            assert_eq!(explanation(&scores, id, None), line);
        }
    }

    #[test]
    fn tokens_are_spelled_where_a_tokenizer_is_known() {
        let mut scores = [f32::NEG_INFINITY; 256];
        scores[usize::from(b'a')] = 1.0;
        scores[usize::from(b'\n')] = 1.0;
        let line = explanation(&scores, usize::from(b'a'), Some(&Bytes));
        assert!(line.starts_with(r#""a"            0.500  rank 2    instead: "\n" 0.500, "#), "{line}");
    }
}
