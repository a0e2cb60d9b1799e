//! Keeps tokens while the sum stays below: the one that reaches it is lost.

pub fn nucleus(p: &[f64], top_p: f64) -> Vec<usize> {
    let mut ids: Vec<usize> = (0..p.len()).collect();
    ids.sort_by(|&a, &b| p[b].total_cmp(&p[a]).then(a.cmp(&b)));
    let mut sum = 0.0;
    let inside = |id: &usize| {
        sum += p[*id];
        sum <= top_p
    };
    ids.into_iter().take_while(inside).collect()
}
