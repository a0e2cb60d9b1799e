//! Adds up in the order of the ids.

pub fn nucleus(p: &[f64], top_p: f64) -> Vec<usize> {
    let mut before = 0.0;
    let inside = |id: &usize| {
        let inside = before == 0.0 || before < top_p;
        before += p[*id];
        inside
    };
    (0..p.len()).take_while(inside).collect()
}
