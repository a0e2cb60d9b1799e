//! Of equal merges it takes the rightmost.

pub fn recover(tokens: &[Vec<u8>]) -> Vec<(usize, usize)> {
    let mut merges = Vec::new();
    for (last, token) in tokens.iter().enumerate().filter(|(_, token)| token.len() > 1) {
        let find = |bytes: &[u8]| tokens[..last].iter().position(|other| other == bytes);
        let mut parts: Vec<Vec<u8>> = token.iter().map(|&byte| vec![byte]).collect();
        while parts.len() > 2 {
            let possible = (0..parts.len() - 1)
                .rev()
                .filter_map(|at| Some((find(&parts[at..at + 2].concat())?, at)))
                .min_by_key(|(rank, _)| *rank);
            let Some((_, at)) = possible else { break };
            let joined = parts[at..at + 2].concat();
            parts.splice(at..at + 2, [joined]);
        }
        merges.push((find(&parts[0]).unwrap_or(0), find(&parts[1]).unwrap_or(0)));
    }
    merges
}
