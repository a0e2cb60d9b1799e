//! Of equally likely tokens the larger id first.

pub fn nucleus(p: &[f64], top_p: f64) -> Vec<usize> {
    let mut ids: Vec<usize> = (0..p.len()).collect();
    ids.sort_by(|&a, &b| p[b].total_cmp(&p[a]).then(b.cmp(&a)));
    let mut before = 0.0;
    let inside = |id: &usize| {
        let inside = before == 0.0 || before < top_p;
        before += p[*id];
        inside
    };
    ids.into_iter().take_while(inside).collect()
}
