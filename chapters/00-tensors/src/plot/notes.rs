//! Words beside points, placed so that they cover neither each other nor the points.

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

    /// The place of the rectangle's edge, or inside it, that is nearest to a point.
    pub fn nearest(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (x.clamp(self.left, self.right), y.clamp(self.top, self.bottom))
    }
}

/// Where each text goes: as near to its point as there is room inside `canvas`, beside `taken` and
/// the texts before it. Texts without room anywhere lie beside their points all the same.
pub(crate) fn arrange(notes: &[((f64, f64), &str)], canvas: Area, taken: &[Area]) -> Vec<Area> {
    let mut placed: Vec<Area> = Vec::new();
    for &((x, y), text) in notes {
        let (w, h) = (width(text, TEXT), LINE - 1.0);
        let beside = |dx: f64, dy: f64| Area::around((x + dx, y + dy), (w / 2.0 + 1.0, h / 2.0));
        let free =
            |area: &Area| canvas.holds(area) && !taken.iter().chain(&placed).any(|other| other.meets(area));
        let near = [(1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0)]
            .map(|(right, down)| beside(right * (w / 2.0 + 8.0), down * (h / 2.0 + 6.0)));
        // Then on ellipses around the point, wider and wider, beginning at the right.
        let far = (0..60).flat_map(|ring| {
            let reach = 8.0 + 4.0 * f64::from(ring);
            (0..32).map(move |turn| {
                let (sin, cos) = (f64::from(turn) * std::f64::consts::TAU / 32.0).sin_cos();
                beside(cos * (w / 2.0 + reach), sin * (h / 2.0 + reach))
            })
        });
        let area = near.into_iter().chain(far).find(free).unwrap_or(near[0]);
        placed.push(area);
    }
    placed
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
