//! Rows of numbers, as they are printed.

/// Numbers with their signs, each in so many places, with so many digits behind the point.
pub fn row(numbers: &[f64], places: usize, digits: usize) -> String {
    numbers.iter().map(|number| format!("{number:+places$.digits$}")).collect::<Vec<_>>().concat()
}
