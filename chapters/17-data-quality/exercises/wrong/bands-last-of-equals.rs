//! Of equally good ways the last that was tried.

pub fn bands(functions: usize, near: f64, recall: f64, far: f64) -> Option<(usize, usize)> {
    let found = |s: f64, (b, r): (usize, usize)| 1.0 - (1.0 - s.powi(r as i32)).powi(b as i32);
    let all = (1..=functions).flat_map(|r| (1..=functions / r).map(move |b| (b, r)));
    let good = all.filter(|&way| found(near, way) >= recall);
    good.max_by(|&a, &b| found(far, b).total_cmp(&found(far, a)))
}
