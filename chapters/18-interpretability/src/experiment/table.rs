//! Rows of what is printed.

/// Numbers side by side.
pub fn row(numbers: &[f64], width: usize, digits: usize) -> String {
    numbers.iter().map(|number| format!("{number:width$.digits$}")).collect::<Vec<_>>().concat()
}

/// Words above them.
pub fn head<'a>(words: impl IntoIterator<Item = &'a str>, width: usize) -> String {
    words.into_iter().map(|word| format!("{word:>width$}")).collect::<Vec<_>>().concat()
}
