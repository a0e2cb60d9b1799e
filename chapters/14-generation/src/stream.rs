//! Text on its way to a person: tokens are strings of bytes, and neither a character nor a stop
//! string need end where a token ends.

// ANCHOR: stream
/// Shows a text as its bytes come: whole characters only, and nothing from a **stop string** on.
#[derive(Debug, Clone)]
pub struct Stream {
    stops: Vec<Vec<u8>>,
    /// Bytes not shown yet: the beginning of a character, or of what may become a stop string.
    waiting: Vec<u8>,
    stopped: bool,
}

impl Stream {
    /// A text that ends where one of `stops` is complete; empty ones stop nothing.
    pub fn new<S: AsRef<str>>(stops: &[S]) -> Self {
        let stops = stops.iter().map(|stop| stop.as_ref().as_bytes().to_vec());
        Self { stops: stops.filter(|stop| !stop.is_empty()).collect(), waiting: Vec::new(), stopped: false }
    }

    /// Takes more bytes and returns what can be shown of the text now.
    pub fn push(&mut self, bytes: &[u8]) -> String {
        if self.stopped {
            return String::new();
        }
        self.waiting.extend(bytes);
        let ends = self.stops.iter().filter_map(|stop| {
            let start = self.waiting.windows(stop.len()).position(|window| window == stop)?;
            Some((start + stop.len(), start))
        });
        // The first to be complete; of those that are so together, the longest.
        if let Some((_, start)) = ends.min() {
            self.stopped = true;
            self.waiting.truncate(start);
            return self.show(start);
        }
        let begins = |at: &usize| self.stops.iter().any(|stop| stop.starts_with(&self.waiting[*at..]));
        let safe = (0..self.waiting.len()).find(begins).unwrap_or(self.waiting.len());
        // The beginning of a character waits for its end. Bytes that can be no character are shown
        // as �, and hold up nothing.
        self.show(safe - begun(&self.waiting[..safe]))
    }

    /// Whether a stop string has come.
    pub fn stopped(&self) -> bool {
        self.stopped
    }

    /// What is left when nothing more comes.
    pub fn finish(mut self) -> String {
        self.show(self.waiting.len())
    }

    fn show(&mut self, bytes: usize) -> String {
        let shown = String::from_utf8_lossy(&self.waiting[..bytes]).into_owned();
        self.waiting.drain(..bytes);
        shown
    }
}

/// How many bytes at the end are the beginning of a character, to which more may come.
fn begun(bytes: &[u8]) -> usize {
    let rest = bytes.utf8_chunks().last().map_or(&[][..], |chunk| chunk.invalid());
    match std::str::from_utf8(rest) {
        Err(error) if error.error_len().is_none() => rest.len(),
        _ => 0,
    }
}
// ANCHOR_END: stream

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The whole text up to the stop string that is complete first.
    fn at_once<'a>(text: &'a [u8], stops: &[String]) -> &'a [u8] {
        let ends = stops.iter().filter(|stop| !stop.is_empty()).filter_map(|stop| {
            let start = text.windows(stop.len()).position(|window| window == stop.as_bytes())?;
            Some((start + stop.len(), start))
        });
        ends.min().map_or(text, |(_, start)| &text[..start])
    }

    /// Any bytes, and often those that a text or a part of a character is made of.
    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let part = prop_oneof![
            "[ab猫é\\n😀]".prop_map(String::into_bytes),
            "[猫é😀]".prop_map(|text| text.as_bytes()[..1].to_vec()),
            "[猫😀]".prop_map(|text| text.as_bytes()[..2].to_vec()),
            "[猫é😀]".prop_map(|text| text.as_bytes()[1..].to_vec()),
            any::<u8>().prop_map(|byte| vec![byte]),
        ];
        prop::collection::vec(part, 0..30).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn however_the_bytes_come_the_text_is_the_same(
            text in bytes(),
            stops in prop::collection::vec("[ab猫é\\n😀]{0,4}", 0..3),
            cuts in prop::collection::vec(1_usize..5, 1..8),
        ) {
            let (mut stream, mut shown, mut rest) = (Stream::new(&stops), String::new(), &text[..]);
            for length in cuts.into_iter().cycle() {
                let (now, later) = rest.split_at(length.min(rest.len()));
                shown += &stream.push(now);
                rest = later;
                if rest.is_empty() || stream.stopped() {
                    break;
                }
            }
            let whole = at_once(&text, &stops);
            prop_assert_eq!(stream.stopped(), whole.len() < text.len());
            shown += &stream.finish();
            prop_assert_eq!(shown, String::from_utf8_lossy(whole));
        }
    }

    #[test]
    fn a_wrong_byte_does_not_cost_the_character_after_it() {
        let mut stream = Stream::new::<&str>(&[]);
        assert_eq!(stream.push(b"\xff\xe7"), "\u{fffd}");
        assert_eq!(stream.push(b"\x8c\xab"), "猫");
    }

    #[test]
    fn bytes_that_are_no_character_do_not_hold_up_the_text() {
        let mut stream = Stream::new::<&str>(&[]);
        assert_eq!(stream.push(b"a\xff"), "a\u{fffd}");
        assert_eq!(stream.push(b"b\xe7\x8c"), "b");
        assert_eq!(stream.push(b"\xab"), "猫");
        stream.push(b"\xe7");
        assert_eq!(stream.finish(), "\u{fffd}");
    }

    #[test]
    fn of_several_stop_strings_the_first_to_be_complete_counts() {
        for (stops, text, shown) in [(["b", "a"], "xaybz", "x"), (["yz", "xyz"], "wxyz", "w")] {
            assert_eq!(Stream::new(&stops).push(text.as_bytes()), shown, "{stops:?}");
        }
    }
}
