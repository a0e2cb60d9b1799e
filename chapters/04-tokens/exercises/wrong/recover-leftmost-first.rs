//! Joins the leftmost neighbours that are a token, whenever that was learned.

pub fn recover(tokens: &[Vec<u8>]) -> Vec<(usize, usize)> {
    let mut merges = Vec::new();
    for (last, token) in tokens.iter().enumerate().filter(|(_, token)| token.len() > 1) {
        let find = |bytes: &[u8]| tokens[..last].iter().position(|other| other == bytes);
        let mut parts: Vec<Vec<u8>> = token.iter().map(|&byte| vec![byte]).collect();
        while parts.len() > 2 {
            let Some(at) = (0..parts.len() - 1).find(|&at| find(&parts[at..at + 2].concat()).is_some())
            else {
                break;
            };
            let joined = parts[at..at + 2].concat();
            parts.splice(at..at + 2, [joined]);
        }
        merges.push((find(&parts[0]).unwrap_or(0), find(&parts[1]).unwrap_or(0)));
    }
    merges
}
