//! Nearness: cosines, neighbours, analogies.

// ANCHOR: cosine
/// The cosine of the angle between two vectors: 1 in the same direction, 0 at a right angle. 0 when
/// one of them has no direction.
pub fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let (length_a, length_b) = (dot(a, a).sqrt(), dot(b, b).sqrt());
    if length_a * length_b == 0.0 { 0.0 } else { dot(a, b) / (length_a * length_b) }
}
// ANCHOR_END: cosine

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A vector for each word, all of length 1 (or 0, where a word has no direction).
#[derive(Debug, Clone, PartialEq)]
pub struct Space {
    rows: Vec<Vec<f64>>,
}

impl Space {
    /// The directions of `vectors`, which are in the order of the vocabulary.
    pub fn new<V: AsRef<[N]>, N: Copy + Into<f64>>(vectors: impl IntoIterator<Item = V>) -> Self {
        let direction = |vector: V| {
            let vector: Vec<f64> = vector.as_ref().iter().map(|&x| x.into()).collect();
            let length = dot(&vector, &vector).sqrt();
            if length == 0.0 { vector } else { vector.iter().map(|x| x / length).collect() }
        };
        Self { rows: vectors.into_iter().map(direction).collect() }
    }

    /// The direction of a word.
    ///
    /// # Panics
    /// When no word has this id.
    pub fn row(&self, id: usize) -> &[f64] {
        &self.rows[id]
    }

    /// The `count` words of the highest cosine with `direction`, none of them in `without`, the
    /// nearest first. Of equally near ones the smaller id comes first.
    pub fn nearest(&self, direction: &[f64], without: &[usize], count: usize) -> Vec<(usize, f64)> {
        let ids = (0..self.rows.len()).filter(|id| !without.contains(id));
        let mut near: Vec<(usize, f64)> = ids.map(|id| (id, cosine(direction, &self.rows[id]))).collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1));
        near.truncate(count);
        near
    }

    /// The neighbours of a word.
    ///
    /// # Panics
    /// When no word has this id.
    pub fn neighbours(&self, id: usize, count: usize) -> Vec<(usize, f64)> {
        self.nearest(&self.rows[id], &[id], count)
    }

    // ANCHOR: analogy
    /// The word that is to `c` as `b` is to `a`: the nearest to b − a + c that is none of the three
    /// (Mikolov et al. 2013c).
    ///
    /// # Panics
    /// When an id has no word, or there are no others.
    pub fn analogy(&self, a: usize, b: usize, c: usize) -> usize {
        let [from, to, start] = [a, b, c].map(|id| &self.rows[id]);
        let target: Vec<f64> = from.iter().zip(to).zip(start).map(|((a, b), c)| b - a + c).collect();
        self.nearest(&target, &[a, b, c], 1)[0].0
    }
    // ANCHOR_END: analogy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cosines_by_hand() {
        assert!((cosine(&[3.0, 0.0], &[1.0, 1.0]) - 0.5_f64.sqrt()).abs() < 1e-15);
        assert_eq!(cosine(&[1.0, 2.0], &[-2.0, 1.0]), 0.0);
        assert_eq!(cosine(&[0.0, 0.0], &[1.0, 0.0]), 0.0, "no direction, and no division by zero");
    }

    #[test]
    fn a_parallelogram_is_found() {
        // Words 0 and 1 are a and b; 2 and 3 stand to each other as they do; 4 is far off.
        let space = Space::new([
            [1.0, 0.0, 0.2],
            [1.0, 0.0, -0.2],
            [0.0, 1.0, 0.2],
            [0.0, 1.0, -0.2],
            [-1.0, -1.0, 0.0],
        ]);
        assert_eq!(space.analogy(0, 1, 2), 3);
        assert_eq!(space.analogy(3, 2, 1), 0);
        let neighbours: Vec<usize> = space.neighbours(0, 2).iter().map(|near| near.0).collect();
        assert_eq!(neighbours, [1, 2]);
    }
}
