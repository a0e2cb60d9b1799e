//! Takes the share of bad texts in all of them, whatever the scores say.

pub fn dirt_kept(good: &[f64], bad: &[f64], room: usize) -> f64 {
    let _ = room;
    bad.len() as f64 / (good.len() + bad.len()) as f64
}
