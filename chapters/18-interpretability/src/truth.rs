//! The true distribution of the next token.
//!
//! The grammar of chapter 6 says how likely each character is. A model predicts tokens, so we ask for
//! more: of all stories that begin as this one has begun, *in tokens*, what share goes on with each
//! token? Tokens never cross a piece (a word, or a run of signs). So it is enough to follow the grammar
//! from here to the end of the next piece, in all ways in which it can go on, and to encode what is found.

use gpt::tokenizer::Tokens;
use language_models::story::beats::STORY;
use language_models::story::{Choice, Grammar, NotAStory, Plot};
use std::collections::BTreeMap;
use tokens::{Tokenizer, pieces};

/// The tokens that can come, each with its probability.
pub type Distribution = Vec<(usize, f64)>;

/// The true distribution of each of `tokens`, the first or all of a story, given those before it.
///
/// # Errors
/// [`NotAStory`] if the text is no story of the grammar.
///
/// # Panics
/// When they are not the story's tokens.
pub fn next_tokens(
    grammar: &Grammar,
    story: &str,
    tokens: &[usize],
    tokenizer: &Tokens,
) -> Result<Vec<Distribution>, NotAStory> {
    let places = Places::of(grammar, story)?;
    let mut pieces = pieces(story).scan(0, |at, piece| {
        *at += piece.len();
        Some(*at)
    });
    let (mut known, mut truth) = (BTreeMap::new(), Vec::with_capacity(tokens.len()));
    // Where the piece begins that the last token read belongs to, where it ends, and its tokens so far.
    let (mut begin, mut end, mut read, mut at) = (0, 0, 0, 0);
    for &token in tokens {
        let read_of_piece = &tokens[truth.len() - read..truth.len()];
        let mut ways =
            Ways { grammar, tokenizer, known: &mut known, read: read_of_piece, next: BTreeMap::new() };
        let (beat, plot, within) = places.at(at);
        ways.follow(beat, &plot, &story[at - within..at], &story[begin..at], 1.0);
        let all: f64 = ways.next.values().sum();
        truth.push(ways.next.into_iter().map(|(token, p)| (token, p / all)).collect());
        if at == end {
            (begin, read) = (end, 0);
            end = pieces.next().expect("a story has as many pieces as its tokens ask for");
        }
        read += 1;
        at += tokenizer.decode(&[token]).expect("its own token").len();
        assert!(at <= end && story.is_char_boundary(at), "these are not the story's tokens");
    }
    Ok(truth)
}

/// Where each beat of a story begins, and the plot there.
struct Places(Vec<(usize, Plot)>);

impl Places {
    fn of(grammar: &Grammar, story: &str) -> Result<Self, NotAStory> {
        let choices = grammar.read(story)?.choices;
        let (mut plot, mut at, mut places) = (Plot::default(), 0, Vec::new());
        for (&beat, taken) in STORY.iter().zip(choices) {
            places.push((at, plot));
            let choice = grammar.offer(beat, &plot)[taken];
            at += choice.text(&plot).len();
            plot = choice.apply(&plot);
        }
        Ok(Self(places))
    }

    /// The beat that byte `at` belongs to, the plot before it, and how many of its bytes come before.
    fn at(&self, at: usize) -> (usize, Plot, usize) {
        let beat = self.0.partition_point(|(begin, _)| *begin <= at) - 1;
        let (begin, plot) = self.0[beat];
        (beat, plot, at - begin)
    }
}

/// All ways in which a story can go on.
struct Ways<'a> {
    grammar: &'a Grammar,
    tokenizer: &'a Tokens,
    /// The tokens of pieces that were met before.
    known: &'a mut BTreeMap<String, Vec<usize>>,
    /// The tokens of the last piece that were read.
    read: &'a [usize],
    /// How likely each next token is, among the ways that agree with them.
    next: BTreeMap<usize, f64>,
}

impl Ways<'_> {
    // ANCHOR: follow
    /// Follows each choice of `beat` that begins with `begun`, with its share of the probability `p`.
    /// `text` is what was read of the last piece, and what this way has added to it.
    fn follow(&mut self, beat: usize, plot: &Plot, begun: &str, text: &str, p: f64) {
        let offered = self.grammar.offer(STORY[beat], plot);
        let told = offered.iter().map(|choice| (choice, choice.text(plot)));
        let alive: Vec<(&Choice, String)> = told.filter(|(_, told)| told.starts_with(begun)).collect();
        let all: f64 = alive.iter().map(|(choice, _)| choice.weight).sum();
        for (choice, told) in alive {
            let (text, p) = (format!("{text}{}", &told[begun.len()..]), p * choice.weight / all);
            let is_over = beat + 1 == STORY.len();
            if !self.count(&text, is_over, p) {
                self.follow(beat + 1, &choice.apply(plot), "", &text, p);
            }
        }
    }

    /// Counts the token that comes next in `text`; `false` if more text must be known first.
    fn count(&mut self, text: &str, is_over: bool, p: f64) -> bool {
        // The next story begins with a letter.
        let whole = if is_over { format!("{text}O") } else { text.to_owned() };
        let mut tokens = Vec::new();
        let mut pieces = pieces(&whole).peekable();
        while let Some(piece) = pieces.next() {
            // Only what comes behind a piece tells that it is over.
            if pieces.peek().is_none() {
                break;
            }
            let of_piece =
                self.known.entry(piece.to_owned()).or_insert_with(|| self.tokenizer.encode(piece));
            tokens.extend_from_slice(of_piece);
            if let Some(&next) = tokens.get(self.read.len()) {
                // A word that begins alike may be cut in another way: then other tokens would have been read.
                if tokens.starts_with(self.read) {
                    *self.next.entry(next).or_default() += p;
                }
                return true;
            }
        }
        is_over
    }
    // ANCHOR_END: follow
}

#[cfg(test)]
mod tests {
    use super::*;
    use language_models::story::{read, tell};
    use tensors::seeds;

    fn tokenizer(vocabulary: usize) -> Tokens {
        let mut rng = seeds::generator(1);
        let text: String = (0..60).map(|_| tell(&mut rng)).collect();
        Tokens::learn(vocabulary, &text).unwrap()
    }

    #[test]
    fn the_probabilities_of_a_storys_tokens_multiply_to_that_of_the_story() {
        for vocabulary in [256, 300, 700] {
            let tokenizer = tokenizer(vocabulary);
            for seed in 10..13 {
                let story = tell(&mut seeds::generator(seed));
                let tokens = tokenizer.encode(&story);
                let truth = next_tokens(&Grammar::default(), &story, &tokens, &tokenizer).unwrap();
                assert_eq!(truth.len(), tokens.len());
                let bits: f64 = truth
                    .iter()
                    .zip(&tokens)
                    .map(|(truth, token)| {
                        assert!((truth.iter().map(|(_, p)| p).sum::<f64>() - 1.0).abs() < 1e-9);
                        -truth.iter().find(|(other, _)| other == token).expect("it came").1.log2()
                    })
                    .sum();
                let exact: f64 = read(&story).unwrap().bits.iter().sum();
                assert!((bits - exact).abs() < 1e-6, "{vocabulary}: {bits} {exact}");
            }
        }
    }

    #[test]
    fn of_bytes_it_is_the_distribution_that_the_reader_knows() {
        let story = tell(&mut seeds::generator(5));
        let tokens = Tokens::Bytes.encode(&story);
        let truth = next_tokens(&Grammar::default(), &story, &tokens, &Tokens::Bytes).unwrap();
        let bits = read(&story).unwrap().bits;
        for ((truth, token), bits) in truth.iter().zip(&tokens).zip(bits) {
            let p = truth.iter().find(|(other, _)| other == token).unwrap().1;
            assert!((p.log2() + bits).abs() < 1e-9);
        }
    }

    #[test]
    fn thousands_of_stories_begin_as_the_distribution_says() {
        let tokenizer = tokenizer(700);
        let mut rng = seeds::generator(3);
        let stories: Vec<Vec<usize>> =
            (0..4000).map(|_| tokenizer.encode(&tell(&mut rng)[..120])).collect();
        let mut told = (0..).map(|seed| tell(&mut seeds::generator(seed)));
        let story = told.find(|story| story.starts_with("Once upon")).unwrap();
        let tokens = tokenizer.encode(&story);
        let truth = next_tokens(&Grammar::default(), &story, &tokens[..12], &tokenizer).unwrap();
        let mut open = 0;
        for (at, truth) in truth.iter().enumerate() {
            let alike: Vec<usize> = stories
                .iter()
                .filter(|other| other.starts_with(&tokens[..at]))
                .map(|other| other[at])
                .collect();
            let n = alike.len() as f64;
            if n < 100.0 {
                break;
            }
            assert!(alike.iter().all(|token| truth.iter().any(|(other, _)| other == token)), "{at}");
            open += usize::from(truth.len() > 1);
            for &(token, p) in truth {
                let share = alike.iter().filter(|&&other| other == token).count() as f64 / n;
                // Four standard errors, and half a story.
                assert!(
                    (share - p).abs() <= 4.0 * (p * (1.0 - p) / n).sqrt() + 0.5 / n,
                    "{at}: {share} {p}"
                );
            }
        }
        assert!(open >= 3, "only {open} places were asked where more than one token can come");
    }

    #[test]
    fn what_no_grammar_told_is_refused() {
        let refused = next_tokens(&Grammar::default(), "It was a dark night.", &[], &Tokens::Bytes);
        assert!(refused.is_err());
    }
}
