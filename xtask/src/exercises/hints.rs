//! The hints of an exercise: the list under `# Hints` in the head of its starter.

/// The hints, each on one line.
pub fn of(starter: &str) -> Vec<String> {
    let head = starter.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    let mut hints: Vec<String> = Vec::new();
    for line in head.skip_while(|line| *line != "# Hints").skip(1).filter(|line| !line.is_empty()) {
        match (line.strip_prefix("- "), hints.last_mut()) {
            (Some(begun), _) => hints.push(begun.to_owned()),
            (None, Some(hint)) => hint.extend([" ", line]),
            (None, None) => hints.push(line.to_owned()),
        }
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_a_hint_whatever_lines_it_takes() {
        let starter = "//! # Exercise: x\n//!\n//! - no hint\n//!\n//! # Hints\n//! - One\n\
                       //!   and a half.\n//!\n//! - Two - not three.\n#![allow(x)]\n//! - Four.\n";
        assert_eq!(of(starter), ["One and a half.", "Two - not three."]);
        assert!(of("//! # Exercise: x\n").is_empty());
    }
}
