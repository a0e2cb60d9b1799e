//! Commands as one types them.

/// What begins another command on the same line.
const BETWEEN: [&str; 3] = ["&&", "|", ";"];

/// The commands of `code` that begin with `cargo`, in words. A backslash at the end of a line goes on
/// with the next, and `#` begins a comment; a prompt (`$`) and settings of the environment
/// (`NAME=value`) before a command are left out.
pub fn commands(code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for line in code.replace("\\\n", " ").lines() {
        for command in words(line).split(|word| BETWEEN.contains(&word.as_str())) {
            let is_before = |word: &&String| *word == "$" || word.contains('=');
            let command: Vec<String> = command.iter().skip_while(is_before).cloned().collect();
            // The bare name is no command.
            if command.len() > 1 && command[0] == "cargo" {
                found.push(command);
            }
        }
    }
    found
}

/// The words of a line. What stands in quotes is one.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quote) = (None::<String>, None);
    for c in line.chars() {
        match quote {
            Some(end) if c == end => quote = None,
            None if c == '"' || c == '\'' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            None if c == '#' && word.is_none() => break,
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}
