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
        match std::str::from_utf8(&self.waiting[..safe]) {
            // The beginning of a character waits for its end. Bytes that can be no character are
            // shown as �.
            Err(error) if error.error_len().is_none() => self.show(error.valid_up_to()),
            _ => self.show(safe),
        }
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
// ANCHOR_END: stream

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The whole text up to the stop string that is complete first.
    fn at_once(text: &str, stops: &[String]) -> String {
        let ends = stops.iter().filter(|stop| !stop.is_empty()).filter_map(|stop| {
            let start = text.find(stop.as_str())?;
            Some((start + stop.len(), start))
        });
        ends.min().map_or(text, |(_, start)| &text[..start]).to_owned()
    }

    proptest! {
        #[test]
        fn however_the_bytes_come_the_text_is_the_same(
            text in "[ab猫é\\n]{0,30}",
            stops in prop::collection::vec("[ab猫é\\n]{0,4}", 0..3),
            cuts in prop::collection::vec(1_usize..5, 1..8),
        ) {
            let (mut stream, mut shown, mut rest) = (Stream::new(&stops), String::new(), text.as_bytes());
            for length in cuts.into_iter().cycle() {
                let (now, later) = rest.split_at(length.min(rest.len()));
                shown += &stream.push(now);
                rest = later;
                if rest.is_empty() || stream.stopped() {
                    break;
                }
            }
            prop_assert_eq!(stream.stopped(), at_once(&text, &stops) != text);
            shown += &stream.finish();
            prop_assert_eq!(shown, at_once(&text, &stops));
        }
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
}
