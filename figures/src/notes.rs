//! Words beside points, placed so that they cover neither each other nor the points.

use super::canvas::clip;
use super::text::{LINE, TEXT, width};

/// A rectangle by its corners.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub fn around((x, y): (f64, f64), reach: (f64, f64)) -> Self {
        Self { left: x - reach.0, top: y - reach.1, right: x + reach.0, bottom: y + reach.1 }
    }

    pub fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn holds(&self, other: &Self) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }

    pub fn centre(&self) -> (f64, f64) {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }

    /// Whether a line runs through the rectangle.
    fn crosses(&self, line: [(f64, f64); 2]) -> bool {
        let corners = [(self.left + 1.0, self.top + 1.0), (self.right - 1.0, self.bottom - 1.0)];
        clip(line[0], line[1], corners).is_some()
    }

    /// The place of the rectangle's edge, or inside it, that is nearest to a point.
    pub fn nearest(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (x.clamp(self.left, self.right), y.clamp(self.top, self.bottom))
    }
}

/// A piece of text and the line to its point, if it does not stand beside it.
struct Placed {
    area: Area,
    leader: Option<[(f64, f64); 2]>,
}

/// The line that leads from a point to its text, unless they are side by side.
pub(crate) fn leader(point: (f64, f64), area: &Area) -> Option<[(f64, f64); 2]> {
    let near = area.nearest(point);
    ((near.0 - point.0).hypot(near.1 - point.1) > 11.0).then_some([point, near])
}

/// Where each text goes: as near to its point as there is room inside `canvas`, beside `taken` and
/// the texts before it, on the side that looks away from the other points. Texts without room
/// anywhere lie beside their points all the same.
pub(crate) fn arrange(notes: &[((f64, f64), &str)], canvas: Area, taken: &[Area]) -> Vec<Area> {
    let crowds: Vec<(f64, f64)> = notes.iter().map(|note| crowd(note.0, notes)).collect();
    // The outermost first: they have room beside them. Lines lead to the others.
    let mut order: Vec<usize> = (0..notes.len()).collect();
    let outside = |i: usize| (notes[i].0.0 - crowds[i].0).hypot(notes[i].0.1 - crowds[i].1);
    order.sort_by(|&a, &b| outside(b).total_cmp(&outside(a)));
    let mut placed: Vec<(usize, Placed)> = Vec::new();
    for i in order {
        let (point, text) = notes[i];
        let clear = |area: &Area| {
            canvas.holds(area)
                && !taken.iter().any(|other| other.meets(area))
                && !placed.iter().any(|(_, other)| other.area.meets(area))
        };
        // Nor may a line to a point run through another text, nor a text without such a line be as
        // near to another point as to its own.
        let tidy = |area: &Area| {
            let own = leader(point, area);
            let far = |other: (f64, f64)| {
                let near = area.nearest(other);
                (near.0 - other.0).hypot(near.1 - other.1)
            };
            let is_plain = notes.iter().all(|note| note.0 == point || far(note.0) > far(point) + 2.0);
            clear(area)
                && (own.is_some() || is_plain)
                && placed.iter().all(|(_, other)| {
                    own.is_none_or(|line| !other.area.crosses(line))
                        && other.leader.is_none_or(|line| !area.crosses(line))
                })
        };
        let places = places(point, text, crowds[i]);
        let found =
            places.iter().find(|area| tidy(area)).or_else(|| places.iter().find(|area| clear(area)));
        let area = *found.unwrap_or(&places[0]);
        placed.push((i, Placed { area, leader: leader(point, &area) }));
    }
    placed.sort_by_key(|placed| placed.0);
    placed.into_iter().map(|placed| placed.1.area).collect()
}

/// The middle of the eight points that are nearest to one.
fn crowd((x, y): (f64, f64), notes: &[((f64, f64), &str)]) -> (f64, f64) {
    let mut others: Vec<(f64, f64)> = notes.iter().map(|note| note.0).collect();
    others.sort_by(|a, b| (a.0 - x).hypot(a.1 - y).total_cmp(&(b.0 - x).hypot(b.1 - y)));
    others.truncate(9);
    let count = others.len() as f64;
    others.iter().fold((0.0, 0.0), |sum, other| (sum.0 + other.0 / count, sum.1 + other.1 / count))
}

/// Places for a text: beside, above and below its point, then on ellipses around it, wider and
/// wider; each time those first that look away from the crowd.
fn places((x, y): (f64, f64), text: &str, crowd: (f64, f64)) -> Vec<Area> {
    const TURNS: i32 = 32;
    let (w, h) = (width(text, TEXT) / 2.0 + 1.0, (LINE - 1.0) / 2.0);
    let beside = |dx: f64, dy: f64| Area::around((x + dx, y + dy), (w, h));
    let near = [(1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0)]
        .map(|(right, down)| beside(right * (w + 7.0), down * (h + 6.0)));
    let away = (y - crowd.1).atan2(x - crowd.0);
    let ellipse = |ring: i32| {
        let reach = 8.0 + 4.0 * f64::from(ring);
        (0..TURNS).map(move |turn| {
            // 0, 1, −1, 2, −2, … steps from the direction away.
            let steps = if turn % 2 == 0 { -turn / 2 } else { (turn + 1) / 2 };
            let angle = away + std::f64::consts::TAU * f64::from(steps) / f64::from(TURNS);
            beside(angle.cos() * (w + reach), angle.sin() * (h + reach))
        })
    };
    near.into_iter().chain((0..60).flat_map(ellipse)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANVAS: Area = Area { left: 0.0, top: 0.0, right: 480.0, bottom: 400.0 };

    #[test]
    fn words_at_one_point_do_not_overlap_nor_leave() {
        let notes: Vec<_> = ["one", "two", "three", "four", "five", "six", "seven"]
            .into_iter()
            .cycle()
            .take(40)
            .map(|word| ((470.0, 200.0), word))
            .collect();
        let placed = arrange(&notes, CANVAS, &[]);
        for (i, a) in placed.iter().enumerate() {
            assert!(CANVAS.holds(a), "{a:?}");
            assert!(!placed[..i].iter().any(|b| a.meets(b)), "{a:?}");
        }
    }

    #[test]
    fn a_word_with_room_stands_at_the_right_of_its_point() {
        let placed = arrange(&[((100.0, 100.0), "word")], CANVAS, &[]);
        assert!(placed[0].left > 100.0 && placed[0].left < 110.0 && placed[0].centre().1 == 100.0);
    }

    #[test]
    fn what_is_taken_stays_free() {
        let taken = Area::around((130.0, 100.0), (20.0, 10.0));
        assert!(!arrange(&[((100.0, 100.0), "word")], CANVAS, &[taken])[0].meets(&taken));
    }
}
