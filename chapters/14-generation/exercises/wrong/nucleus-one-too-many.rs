//! ≤ where < is needed: goes on though the sum has been reached.

pub fn nucleus(p: &[f64], top_p: f64) -> Vec<usize> {
    let mut ids: Vec<usize> = (0..p.len()).collect();
    ids.sort_by(|&a, &b| p[b].total_cmp(&p[a]).then(a.cmp(&b)));
    let mut before = 0.0;
    let inside = |id: &usize| {
        let inside = before <= top_p;
        before += p[*id];
        inside
    };
    ids.into_iter().take_while(inside).collect()
}
