//! Byte-level byte-pair encoding: tokens are strings of bytes, made by merging two shorter ones
//! (Radford et al. 2019).

use crate::pieces::pieces;
use crate::{TokenError, Tokenizer};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use thiserror::Error;

/// The id of each byte: GPT-2 counts the printable ones of Latin-1 first, then the others.
pub(crate) fn byte_order() -> [u32; 256] {
    let printable = |byte: &u8| matches!(byte, 33..=126 | 161..=172 | 174..=255);
    let (first, then): (Vec<u8>, Vec<u8>) = (0..=255).partition(printable);
    let mut order = [0; 256];
    for (id, byte) in (0..).zip(first.into_iter().chain(then)) {
        order[usize::from(byte)] = id;
    }
    order
}

/// Two tokens side by side.
pub type Pair = (u32, u32);

/// A merge, spelled out: the bytes of the two tokens that become one.
pub type Merge = (Vec<u8>, Vec<u8>);

/// A merge of a string that is no token.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no merge before makes {:?}", String::from_utf8_lossy(.0))]
pub struct SpellingError(pub Vec<u8>);

/// Merges that cannot be a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MergeError {
    /// A merge of what is no token.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// Sixty merges of a token with itself, a few hundred bytes in a file, would make a token of an
    /// exabyte.
    #[error("its merges make tokens of {bytes} bytes in all: too many for {merges} merges")]
    TooLong {
        /// How many merges there were until then.
        merges: usize,
        /// And the length of all tokens together.
        bytes: usize,
    },
}

impl MergeError {
    /// Refuses tokens of more than 64 bytes on average, beyond the first megabyte. GPT-2's have six.
    pub(crate) fn check(merges: usize, bytes: usize) -> Result<(), Self> {
        if bytes > (1 << 20) + 64 * merges { Err(Self::TooLong { merges, bytes }) } else { Ok(()) }
    }
}

/// A trained vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bpe {
    /// What each token stands for.
    bytes: Vec<Vec<u8>>,
    /// Merges in the order in which they were learned: an earlier one goes first.
    merges: Vec<Pair>,
    /// The rank of each merge and the token that it makes.
    ranks: HashMap<Pair, (usize, u32)>,
    /// The id of each token's bytes.
    ids: HashMap<Vec<u8>, u32>,
    /// Texts that stand for one token each, with their ids.
    special: Vec<(String, usize)>,
}

impl Bpe {
    /// The 256 bytes and no merges.
    pub(crate) fn of_bytes() -> Self {
        let mut bytes = vec![Vec::new(); 256];
        for (byte, id) in (0..=255).zip(byte_order()) {
            bytes[id as usize] = vec![byte];
        }
        let ids = (0..).zip(&bytes).map(|(id, bytes)| (bytes.clone(), id)).collect();
        Self { bytes, merges: Vec::new(), ranks: HashMap::new(), ids, special: Vec::new() }
    }

    /// Adds a merge and returns the token that it makes: a new one, unless other merges already
    /// spell it.
    pub(crate) fn add_merge(&mut self, pair: Pair) -> u32 {
        let spelled = [self.bytes_of(pair.0), self.bytes_of(pair.1)].concat();
        let id = *self.ids.entry(spelled.clone()).or_insert_with(|| {
            self.bytes.push(spelled);
            self.bytes.len() as u32 - 1
        });
        self.ranks.insert(pair, (self.merges.len(), id));
        self.merges.push(pair);
        id
    }

    /// The rank of the merge of two neighbours and the token that it makes, if it was learned.
    pub(crate) fn merge(&self, left: u32, right: u32) -> Option<(usize, u32)> {
        self.ranks.get(&(left, right)).copied()
    }

    pub(crate) fn vocabulary_size(&self) -> usize {
        self.bytes.len()
    }

    /// What a token stands for.
    ///
    /// # Panics
    /// When there is no such token.
    pub fn bytes_of(&self, id: u32) -> &[u8] {
        &self.bytes[id as usize]
    }

    // ANCHOR: special
    /// Gives `text` a token of its own, which no merge makes and [`Tokenizer::encode`] never gives:
    /// a mark such as the end of a document. Returns its id.
    pub fn add_special(&mut self, text: &str) -> usize {
        self.bytes.push(text.as_bytes().to_vec());
        self.special.push((text.to_owned(), self.bytes.len() - 1));
        self.bytes.len() - 1
    }

    /// The tokens of a text that you wrote yourself: special tokens are recognised. Never hand it a
    /// text from somebody else.
    pub fn encode_with_special(&self, text: &str) -> Vec<usize> {
        let found = self.special.iter().filter_map(|(mark, id)| Some((text.find(mark)?, mark, *id)));
        match found.min() {
            None => self.encode(text),
            Some((place, mark, id)) => {
                let mut ids = self.encode(&text[..place]);
                ids.push(id);
                ids.extend(self.encode_with_special(&text[place + mark.len()..]));
                ids
            }
        }
    }
    // ANCHOR_END: special

    /// The vocabulary that `merges` make, in the order in which [`Self::merges`] lists them.
    ///
    /// # Errors
    /// When a merge names a token that no merge before it has made, or tokens grow out of all
    /// measure.
    pub fn from_merges(merges: &[Pair]) -> Result<Self, MergeError> {
        let mut bpe = Self::of_bytes();
        let mut length = 0_usize;
        for (i, &(left, right)) in merges.iter().enumerate() {
            let vocabulary = bpe.vocabulary_size();
            if let Some(id) = [left, right].map(|id| id as usize).into_iter().find(|&id| id >= vocabulary) {
                return Err(TokenError { id, vocabulary }.into());
            }
            length += bpe.bytes_of(left).len() + bpe.bytes_of(right).len();
            MergeError::check(i + 1, length)?;
            bpe.add_merge((left, right));
        }
        Ok(bpe)
    }

    /// The same, from merges that are spelled out, as files list them.
    ///
    /// # Errors
    /// When a merge names a string that no merge before it makes.
    pub fn from_spelled(merges: &[Merge]) -> Result<Self, SpellingError> {
        let mut bpe = Self::of_bytes();
        for (left, right) in merges {
            let id =
                |bytes: &Vec<u8>| bpe.ids.get(bytes).copied().ok_or_else(|| SpellingError(bytes.clone()));
            let pair = (id(left)?, id(right)?);
            bpe.add_merge(pair);
        }
        Ok(bpe)
    }

    /// The token that stands for `bytes`, if there is one. Special tokens stand for no bytes.
    pub fn id_of(&self, bytes: &[u8]) -> Option<usize> {
        self.ids.get(bytes).map(|&id| id as usize)
    }

    /// The merges, first learned first.
    pub fn merges(&self) -> &[Pair] {
        &self.merges
    }

    // ANCHOR: encode
    /// The tokens of one piece: of all merges that apply, the one learned first goes first, and the
    /// leftmost of those.
    ///
    /// The tokens form a chain. A heap holds the merges that are possible; each merge takes one
    /// token out of the chain and makes at most two new merges possible, so a piece of n bytes
    /// takes n log n steps.
    fn encode_piece(&self, piece: &str) -> Vec<u32> {
        let order = byte_order();
        let mut tokens: Vec<Option<u32>> =
            piece.bytes().map(|byte| Some(order[usize::from(byte)])).collect();
        let end = tokens.len();
        let mut next: Vec<usize> = (1..=end).collect();
        let mut previous: Vec<Option<usize>> = (0..end).map(|i| i.checked_sub(1)).collect();
        let mut possible = BinaryHeap::new();
        let rank = |left: Option<u32>, right: Option<u32>| self.merge(left?, right?);
        let offer = |possible: &mut BinaryHeap<_>, tokens: &[Option<u32>], left: usize, right: usize| {
            if right < end
                && let Some((rank, merged)) = rank(tokens[left], tokens[right])
            {
                possible.push(Reverse((rank, left, right, merged)));
            }
        };
        for left in 0..end.saturating_sub(1) {
            offer(&mut possible, &tokens, left, left + 1);
        }
        while let Some(Reverse((learned, left, right, merged))) = possible.pop() {
            // A merge whose tokens have changed since it was offered is out of date.
            let now = rank(tokens[left], tokens[right]);
            if next[left] != right || now != Some((learned, merged)) {
                continue;
            }
            (tokens[left], tokens[right]) = (Some(merged), None);
            next[left] = next[right];
            if next[left] < end {
                previous[next[left]] = Some(left);
            }
            if let Some(before) = previous[left] {
                offer(&mut possible, &tokens, before, left);
            }
            offer(&mut possible, &tokens, left, next[left]);
        }
        tokens.into_iter().flatten().collect()
    }
    // ANCHOR_END: encode
}

impl Tokenizer for Bpe {
    fn name(&self) -> &'static str {
        "byte-level BPE"
    }

    fn vocabulary(&self) -> usize {
        self.vocabulary_size()
    }

    fn encode(&self, text: &str) -> Vec<usize> {
        // Most pieces of a text are words that have come before.
        let mut known: HashMap<&str, Vec<u32>> = HashMap::new();
        let mut ids = Vec::new();
        for piece in pieces(text) {
            let tokens = known.entry(piece).or_insert_with(|| self.encode_piece(piece));
            ids.extend(tokens.iter().map(|&id| id as usize));
        }
        ids
    }

    fn decode(&self, ids: &[usize]) -> Result<Vec<u8>, TokenError> {
        let bytes = |&id: &usize| self.bytes.get(id).ok_or(TokenError { id, vocabulary: self.bytes.len() });
        let parts: Vec<&Vec<u8>> = ids.iter().map(bytes).collect::<Result<_, _>>()?;
        Ok(parts.into_iter().flatten().copied().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_you_can_write_a_special_token() {
        let mut bpe = Bpe::train("a text with words, words and words", 260).unwrap();
        let end = bpe.add_special("<|end|>");
        let text = "words<|end|>a<|end|>";
        let ids = bpe.encode_with_special(text);
        assert_eq!(ids.iter().filter(|&&id| id == end).count(), 2);
        assert!(!bpe.encode(text).contains(&end));
        assert_eq!(bpe.decode(&ids).unwrap(), text.as_bytes());
        assert_eq!(bpe.decode(&bpe.encode(text)).unwrap(), text.as_bytes());
    }

    #[test]
    fn a_token_is_not_used_where_an_earlier_merge_has_taken_its_end() {
        // cd, the most frequent pair, is merge 1; then come ab, and ab with c.
        let bpe = Bpe::train("cd\ncd\ncd\nabc\nabc", 259).unwrap();
        let spelled = |text: &str| {
            let ids = bpe.encode(text);
            ids.into_iter()
                .map(|id| String::from_utf8(bpe.bytes_of(id as u32).to_vec()).unwrap())
                .collect::<Vec<_>>()
        };
        assert_eq!(spelled("abc"), ["abc"]);
        assert_eq!(spelled("abcd"), ["ab", "cd"], "not abc and d");
    }

    #[test]
    fn in_the_stories_a_grandmother_has_a_space_before_her() {
        let stories = include_str!("../corpora/stories.txt");
        let all = stories.to_lowercase().matches("grandmother").count();
        assert!(all > 0 && all == stories.matches(" grandmother").count());
    }

    #[test]
    fn merges_can_be_spelled_out() {
        let bpe = Bpe::train("low low lower lowest", 260).unwrap();
        let spelled = |id: u32| bpe.bytes_of(id).to_vec();
        let merges: Vec<Merge> = bpe.merges().iter().map(|&(a, b)| (spelled(a), spelled(b))).collect();
        assert_eq!(Bpe::from_spelled(&merges).unwrap(), bpe);
        assert_eq!(bpe.id_of(b"low"), Some(257));
        let error = Bpe::from_spelled(&merges[1..]).unwrap_err();
        assert_eq!(error, SpellingError(b"lo".to_vec()));
    }

    #[test]
    fn a_piece_of_a_hundred_thousand_letters_is_no_trouble() {
        let bpe = Bpe::train(&"ab abab aaab".repeat(10), 262).unwrap();
        let text = "ab".repeat(50_000);
        assert_eq!(bpe.decode(&bpe.encode(&text)).unwrap(), text.as_bytes());
    }
}
