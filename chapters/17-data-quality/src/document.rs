//! Reading: from bytes to documents, one at a time, whatever the bytes are.
//!
//! A crawl has broken lines. One of them must not end a run of a week, and must not vanish either: it
//! is refused, with its line and a reason, and the next document follows. No more is kept in memory
//! than the longest document that is allowed.

use serde::Deserialize;
use std::io::{self, BufRead};
use thiserror::Error;

/// The byte order mark.
const MARK: char = '\u{feff}';

/// Where a document ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// At an empty line.
    Paragraphs,
    /// At the end of a line, which is a JSON object with a `"text"`.
    JsonLines,
    /// At the end of the file.
    Whole,
}

impl Format {
    /// JSON lines for a name that ends in `.jsonl` or `.ndjson`, else plain text with empty lines.
    pub fn of(name: &str) -> Self {
        let lines = [".jsonl", ".ndjson"].iter().any(|end| name.ends_with(end));
        if lines { Self::JsonLines } else { Self::Paragraphs }
    }
}

// ANCHOR: refusal
/// Why a document was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Error)]
pub enum Refusal {
    /// More bytes than are allowed. They are skipped, not stored.
    #[error("longer than the longest document that is allowed")]
    TooLong,
    /// Bytes that are no text.
    #[error("not UTF-8")]
    NotUtf8,
    /// A line that is no JSON object with a text.
    #[error("not a JSON object with a \"text\"")]
    NotJson,
    /// Nothing in it but blanks.
    #[error("empty")]
    Empty,
}

/// What stops a reader: the file, or one document of it.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The file cannot be read on.
    #[error("line {line}: {source}")]
    Io {
        /// The line on which the document begins that could not be read, counted from 1.
        line: u64,
        /// What the system says.
        source: io::Error,
    },
    /// One document is refused; the next call gives the next one.
    #[error("line {line}: {why}")]
    Refused {
        /// The line on which the document begins, counted from 1.
        line: u64,
        /// Why.
        why: Refusal,
    },
}
// ANCHOR_END: refusal

/// A line of JSON, of which only the text is looked at.
#[derive(Deserialize)]
struct Record {
    text: String,
}

/// The documents of a file, in their order.
///
/// ```
/// use data_quality::document::{Documents, Format};
/// let file = "{\"text\": \"One.\"}\n{\"text\": 2}\n{\"text\": \"Three.\"}\n";
/// let mut documents = Documents::new(file.as_bytes(), Format::JsonLines, 1000);
/// assert_eq!(documents.next().unwrap().unwrap(), "One.");
/// let refused = documents.next().unwrap().unwrap_err();
/// assert_eq!(refused.to_string(), "line 2: not a JSON object with a \"text\"");
/// assert_eq!(documents.next().unwrap().unwrap(), "Three.");
/// assert!(documents.next().is_none());
/// ```
#[derive(Debug)]
pub struct Documents<R> {
    reader: R,
    format: Format,
    /// Bytes of the longest document that is allowed, ends of lines included.
    longest: usize,
    /// Lines read so far.
    lines: u64,
    ended: bool,
}

impl<R: BufRead> Documents<R> {
    /// Reads documents of at most `longest` bytes, ends of lines included.
    pub fn new(reader: R, format: Format, longest: usize) -> Self {
        Self { reader, format, longest, lines: 0, ended: false }
    }

    // ANCHOR: line
    /// Appends the next line with its end to `document`, as far as there is room for it; none at the end
    /// of the file.
    fn line(&mut self, document: &mut Vec<u8>) -> io::Result<Option<Line>> {
        let mut line = Line { blank: true, cut: false };
        let mut begun = false;
        loop {
            let buffer = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            if buffer.is_empty() {
                return Ok(begun.then_some(line));
            }
            let end = buffer.iter().position(|&byte| byte == b'\n').map(|at| at + 1);
            let part = &buffer[..end.unwrap_or(buffer.len())];
            let room = self.longest - document.len();
            document.extend_from_slice(&part[..part.len().min(room)]);
            line.cut |= part.len() > room;
            line.blank &= part.trim_ascii().is_empty();
            let read = part.len();
            self.reader.consume(read);
            self.lines += u64::from(!begun);
            begun = true;
            if end.is_some() {
                return Ok(Some(line));
            }
        }
    }
    // ANCHOR_END: line

    /// The bytes of the next document, as many as are allowed, and whether these are all.
    fn bytes(&mut self) -> io::Result<Option<Bytes>> {
        let mut bytes = Bytes { begins: self.lines + 1, kept: Vec::new(), cut: false };
        loop {
            let start = bytes.kept.len();
            let Some(line) = self.line(&mut bytes.kept)? else {
                // An empty file is an empty document.
                return Ok((start > 0 || self.lines == 0).then_some(bytes));
            };
            if line.blank && self.format != Format::Whole {
                bytes.kept.truncate(start);
                if start > 0 {
                    return Ok(Some(bytes));
                }
                bytes.begins = self.lines + 1;
            } else {
                bytes.cut |= line.cut;
                if self.format == Format::JsonLines {
                    return Ok(Some(bytes));
                }
            }
        }
    }

    /// The text of a document. Some programs put a byte order mark before a file, which is no part of it.
    fn document(&self, bytes: Bytes) -> Result<String, Refusal> {
        if bytes.cut {
            return Err(Refusal::TooLong);
        }
        let mut text = String::from_utf8(bytes.kept).map_err(|_| Refusal::NotUtf8)?;
        if bytes.begins == 1 && text.starts_with(MARK) {
            text.remove(0);
        }
        let text = match self.format {
            Format::JsonLines if text.is_empty() => text,
            Format::JsonLines => serde_json::from_str::<Record>(&text).map_err(|_| Refusal::NotJson)?.text,
            Format::Paragraphs | Format::Whole => text,
        };
        if text.trim().is_empty() { Err(Refusal::Empty) } else { Ok(text) }
    }
}

/// What is known of a line that was read.
struct Line {
    /// Whether it has nothing but blanks.
    blank: bool,
    /// Whether some of it was skipped.
    cut: bool,
}

/// What was kept of a document.
struct Bytes {
    /// The line on which it begins, counted from 1.
    begins: u64,
    kept: Vec<u8>,
    /// Whether some of it was skipped.
    cut: bool,
}

impl<R: BufRead> Iterator for Documents<R> {
    type Item = Result<String, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let begins = self.lines + 1;
        match self.bytes() {
            Ok(Some(bytes)) => {
                self.ended = self.format == Format::Whole || self.lines == 0;
                let line = bytes.begins;
                Some(self.document(bytes).map_err(|why| ReadError::Refused { line, why }))
            }
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(source) => {
                self.ended = true;
                Some(Err(ReadError::Io { line: begins, source }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::{BufReader, Read};

    fn read(file: &[u8], format: Format, longest: usize) -> Vec<Result<String, (u64, Refusal)>> {
        let seen = Documents::new(file, format, longest).map(|document| {
            document.map_err(|error| match error {
                ReadError::Refused { line, why } => (line, why),
                ReadError::Io { .. } => unreachable!("a slice can be read"),
            })
        });
        seen.collect()
    }

    #[test]
    fn each_kind_of_broken_line_is_refused_and_its_neighbours_are_read() {
        let mut file = b"{\"text\": \"good\"}\n{\"text\": \"cut o\n\n[1]\n{\"text\": null}\n".to_vec();
        file.extend_from_slice(b"{\"text\": \"\xff\"}\n{\"text\": \" \\n\"}\n{\"text\": \"");
        file.extend_from_slice(&[b'a'; 5000]);
        file.extend_from_slice(b"\"}\r\n{\"url\": 1, \"text\": \"last\"}");
        let refused = |line, why| Err((line, why));
        assert_eq!(
            read(&file, Format::JsonLines, 1000),
            [
                Ok("good".to_owned()),
                refused(2, Refusal::NotJson),
                refused(4, Refusal::NotJson),
                refused(5, Refusal::NotJson),
                refused(6, Refusal::NotUtf8),
                refused(7, Refusal::Empty),
                refused(8, Refusal::TooLong),
                Ok("last".to_owned()),
            ]
        );
    }

    #[test]
    fn a_byte_order_mark_before_a_file_is_no_part_of_it() {
        let file = "\u{feff}{\"text\": \"a\"}\n{\"text\": \"\u{feff}b\"}\n\u{feff}{}\n".as_bytes();
        let expected = [Ok("a".to_owned()), Ok("\u{feff}b".to_owned()), Err((3, Refusal::NotJson))];
        assert_eq!(read(file, Format::JsonLines, 100), expected);
        assert_eq!(read("\u{feff}a\n".as_bytes(), Format::Paragraphs, 100), [Ok("a\n".to_owned())]);
        assert_eq!(read("\u{feff}".as_bytes(), Format::JsonLines, 100), [Err((1, Refusal::Empty))]);
    }

    #[test]
    fn a_document_may_be_as_long_as_is_allowed_and_no_longer() {
        let file = b"abc\n\nabcd\n   \n\nab \nc\n\na\nb";
        let expected = [
            Ok("abc\n".to_owned()),
            Err((3, Refusal::TooLong)),
            Err((6, Refusal::TooLong)),
            Ok("a\nb".into()),
        ];
        assert_eq!(read(file, Format::Paragraphs, 4), expected);
    }

    #[test]
    fn empty_files_have_one_empty_document_and_blank_lines_separate() {
        for format in [Format::Paragraphs, Format::JsonLines, Format::Whole] {
            assert_eq!(read(b"", format, 10), [Err((1, Refusal::Empty))], "{format:?}");
        }
        assert_eq!(
            read(b"\n \r\n\ta\r\nb\r\n\r\n\n", Format::Paragraphs, 10),
            [Ok("\ta\r\nb\r\n".to_owned())]
        );
        assert_eq!(read(b"a\n\nb\n", Format::Whole, 10), [Ok("a\n\nb\n".to_owned())]);
    }

    #[test]
    fn what_cannot_be_read_ends_the_file_with_what_the_system_says() {
        struct Torn;
        impl Read for Torn {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is gone"))
            }
        }
        let file = BufReader::with_capacity(8, b"{\"text\": \"a\"}\n{\"te".chain(Torn));
        let seen: Vec<String> = Documents::new(file, Format::JsonLines, 100)
            .map(|document| document.unwrap_or_else(|error| error.to_string()))
            .collect();
        assert_eq!(seen, ["a", "line 2: the disk is gone"]);
    }

    #[test]
    fn who_is_interrupted_reads_on() {
        /// Each second call is interrupted, the first one too.
        struct Interrupted<'a> {
            bytes: &'a [u8],
            now: bool,
        }
        impl Read for Interrupted<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                self.now = !self.now;
                if self.now { Err(io::ErrorKind::Interrupted.into()) } else { self.bytes.read(buffer) }
            }
        }
        let bytes = b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n2\n";
        let file = BufReader::with_capacity(5, Interrupted { bytes, now: false });
        let seen: Vec<String> = Documents::new(file, Format::JsonLines, 100)
            .map(|document| document.unwrap_or_else(|error| error.to_string()))
            .collect();
        assert_eq!(seen, ["a", "b", "line 3: not a JSON object with a \"text\""]);
    }

    proptest! {
        #[test]
        fn no_bytes_are_a_panic_and_nothing_is_lost(
            file in prop::collection::vec(prop::sample::select(b"\n\n\r {}\"a\xff".to_vec()), 0..40),
            capacity in 1_usize..9,
            longest in 1_usize..9,
        ) {
            for format in [Format::Paragraphs, Format::JsonLines, Format::Whole] {
                let whole = read(&file, format, longest);
                // The same, whatever pieces the system gives.
                let pieces = BufReader::with_capacity(capacity, file.as_slice());
                let again = Documents::new(pieces, format, longest).count();
                prop_assert_eq!(again, whole.len());
            }
            // Independent of the reader: each line that is not blank is a document or a refusal.
            let lines = file.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
            let expected = lines.count().max(usize::from(file.is_empty()));
            prop_assert_eq!(read(&file, Format::JsonLines, longest).len(), expected);
        }
    }
}
