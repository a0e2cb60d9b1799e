//! The experiment of chapter 5: `cargo run --release -p embeddings`.
//!
//! Every way to make vectors, judged by the relations of a little world.
//! `cargo run --release -p embeddings -- corpus` prints the corpus.

use anyhow::Result;
use embeddings::bag::one_hot;
use embeddings::cooccurrence::Cooccurrence;
use embeddings::glove::{self, Glove};
use embeddings::space::Space;
use embeddings::vocabulary::Vocabulary;
use embeddings::word2vec::{self, Word2Vec};
use embeddings::world::{self, RELATIONS};
use embeddings::{judge, principal};
use figures::{Chart, HeatMap, save};

const CHAPTER: &str = "embeddings";
const DIM: usize = 32;
const WINDOW: usize = 4;
const SENTENCES: usize = 6000;
/// Words of each kind that have their names on the map: all 72 would cover each other.
const NAMED: usize = 5;

/// A corpus of the world, as ids.
struct Corpus {
    vocabulary: Vocabulary,
    sentences: Vec<Vec<usize>>,
}

fn corpus(sentences: usize) -> Result<Corpus> {
    let text = world::sentences(sentences, 1);
    let vocabulary = Vocabulary::of(&text)?;
    Ok(Corpus { sentences: vocabulary.encode(&text), vocabulary })
}

fn word2vec(corpus: &Corpus, settings: &word2vec::Settings) -> Result<Word2Vec<DIM>> {
    Ok(Word2Vec::train(&corpus.sentences, &corpus.vocabulary, settings, |_, _| {})?)
}

/// Every way to make vectors, with its name.
fn methods(corpus: &Corpus) -> Result<Vec<(&'static str, Space)>> {
    let size = corpus.vocabulary.size();
    let counts = Cooccurrence::count(&corpus.sentences, size, WINDOW, false)?;
    let by_distance = Cooccurrence::count(&corpus.sentences, size, WINDOW, true)?;
    let ppmi = counts.ppmi();
    Ok(vec![
        ("one-hot", Space::new((0..size).map(|id| one_hot(id, size)))),
        ("counts", Space::new(counts.rows())),
        ("PPMI", Space::new(&ppmi)),
        ("PPMI, 32 numbers", Space::new(principal::truncate(&ppmi, DIM))),
        ("word2vec", Space::new(&word2vec(corpus, &word2vec::Settings::default())?.centre)),
        (
            "GloVe",
            Space::new(
                Glove::<DIM>::train(&by_distance, &glove::Settings::default(), |_, _| {})?.vectors(),
            ),
        ),
    ])
}

/// The share of right analogies, over all relations.
fn analogies(space: &Space, vocabulary: &Vocabulary) -> Result<f64> {
    let shares = RELATIONS.iter().map(|relation| judge::analogies(space, vocabulary, relation));
    Ok(shares.sum::<Result<f64, _>>()? / RELATIONS.len() as f64)
}

fn main() -> Result<()> {
    if std::env::args().nth(1).as_deref() == Some("corpus") {
        print!("{}", world::sentences(SENTENCES, 1));
        return Ok(());
    }
    let corpus = corpus(SENTENCES)?;
    println!(
        "{SENTENCES} sentences, {} words, {} different ones",
        corpus.sentences.iter().map(Vec::len).sum::<usize>(),
        corpus.vocabulary.size()
    );
    compare(&corpus)?;
    maps(&corpus)?;
    factors(&corpus)?;
    frequent_words(&corpus)?;
    sizes()
}

/// Analogies and neighbours by method.
fn compare(corpus: &Corpus) -> Result<()> {
    let Corpus { vocabulary, .. } = corpus;
    let (mut names, mut shares) = (Vec::new(), Vec::new());
    let methods = methods(corpus)?;
    for (name, space) in &methods {
        let row = RELATIONS.iter().map(|relation| judge::analogies(space, vocabulary, relation));
        let mut row = row.collect::<Result<Vec<f64>, _>>()?;
        row.push(judge::neighbours(space, vocabulary)?);
        names.push(*name);
        shares.push(row);
    }
    let columns = RELATIONS.iter().map(|relation| relation.name).chain(["5 neighbours"]);
    let figure = HeatMap::new("Analogies solved, and neighbours of the same kind", shares)
        .rows(names)
        .cols(columns)
        .with_numbers();
    save(CHAPTER, "methods", &figure.draw()?)?;
    println!("the nearest to king and to puppy:");
    for (name, space) in &methods[1..] {
        let nearest = |word| -> Result<String> {
            let near = space.neighbours(vocabulary.id(word)?, 4);
            Ok(near.iter().map(|&(id, _)| vocabulary.word(id)).collect::<Vec<_>>().join(" "))
        };
        println!("  {name:<18} {:<32} {}", nearest("king")?, nearest("puppy")?);
    }
    Ok(())
}

/// Where word2vec puts the words, along the two directions in which they differ most.
fn maps(corpus: &Corpus) -> Result<()> {
    let Corpus { vocabulary, .. } = corpus;
    let space = Space::new(&word2vec(corpus, &word2vec::Settings::default())?.centre);
    let places = |words: &[&str]| -> Result<Vec<(f64, f64)>> {
        let rows =
            words.iter().map(|word| Ok(space.row(vocabulary.id(word)?))).collect::<Result<Vec<_>>>()?;
        Ok(principal::components(&rows, 2).iter().map(|place| (place[0], place[1])).collect())
    };
    let kinds: Vec<[&str; 12]> = RELATIONS[..3]
        .iter()
        .flat_map(|r| [r.pairs.map(|pair| pair.0), r.pairs.map(|pair| pair.1)])
        .collect();
    let found = places(kinds.as_flattened())?;
    let mut chart = Chart::new("A map of 72 words", "first direction", "second direction");
    for (kind, points) in kinds.iter().zip(found.chunks(12)) {
        chart = chart.scatter(&format!("{} …", kind[0]), points.iter().copied());
        for (word, &(x, y)) in kind.iter().zip(points).take(NAMED) {
            chart = chart.note(x, y, word);
        }
    }
    save(CHAPTER, "map", &chart.draw()?)?;

    let people: Vec<&str> = RELATIONS[0].pairs[..7].iter().flat_map(|pair| [pair.0, pair.1]).collect();
    let found = places(&people)?;
    let mut chart = Chart::new("Men and women", "first direction", "second direction");
    for (pair, words) in found.chunks(2).zip(people.chunks(2)) {
        chart = chart.line("", pair.iter().copied());
        for (&(x, y), word) in pair.iter().zip(words) {
            chart = chart.note(x, y, word);
        }
    }
    Ok(save(CHAPTER, "pairs", &chart.draw()?)?)
}

/// What the products of word2vec's vectors come to.
fn factors(corpus: &Corpus) -> Result<()> {
    let settings = word2vec::Settings { subsample: 1.0, ..Default::default() };
    let model = word2vec(corpus, &settings)?;
    let counts = Cooccurrence::count(&corpus.sentences, corpus.vocabulary.size(), WINDOW, true)?;
    let often = counts.cells().map(|cell| cell.2 >= 10.0);
    let shift = (settings.negatives as f64).ln();
    let point = |(a, b, pmi): (usize, usize, f64)| {
        let product: f32 = model.centre[a].iter().zip(&model.neighbour[b]).map(|(v, u)| v * u).sum();
        (pmi - shift, f64::from(product))
    };
    let points: Vec<_> =
        counts.pmi().into_iter().zip(often).filter(|cell| cell.1).map(|cell| point(cell.0)).collect();
    println!(
        "u·v of word2vec against PMI − ln {} of {} frequent pairs: correlation {:.3}",
        settings.negatives,
        points.len(),
        correlation(&points)
    );
    let chart = Chart::new("word2vec factorises a matrix of counts", "PMI − ln 5", "u · v")
        .scatter("pairs seen often", points)
        .dashes("equal", [(-4.0, -4.0), (2.0, 2.0)]);
    Ok(save(CHAPTER, "pmi", &chart.draw()?)?)
}

/// Pearson's correlation of x and y.
fn correlation(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
    let covariance = mean(&|p| (p.0 - x) * (p.1 - y));
    covariance / (mean(&|p| (p.0 - x).powi(2)) * mean(&|p| (p.1 - y).powi(2))).sqrt()
}

/// Leaving out frequent words, by window.
fn frequent_words(corpus: &Corpus) -> Result<()> {
    let (windows, thresholds) = ([1, 2, 4, 8], [1.0, 0.01, 0.001]);
    let mut shares = Vec::new();
    for subsample in thresholds {
        let mut row = Vec::new();
        for window in windows {
            let settings = word2vec::Settings { window, subsample, ..Default::default() };
            row.push(analogies(&Space::new(&word2vec(corpus, &settings)?.centre), &corpus.vocabulary)?);
        }
        shares.push(row);
    }
    let figure = HeatMap::new("word2vec: analogies by window and subsampling", shares)
        .rows(["all words", "threshold 1/100", "threshold 1/1000"])
        .cols(windows.map(|window| format!("window {window}")))
        .with_numbers();
    Ok(save(CHAPTER, "frequent", &figure.draw()?)?)
}

/// Analogies by size of the corpus.
fn sizes() -> Result<()> {
    let mut curves: Vec<(&str, Vec<(f64, f64)>)> = Vec::new();
    for doubled in 0..6_u32 {
        let corpus = corpus(1000 << doubled)?;
        for (i, (name, space)) in methods(&corpus)?.into_iter().skip(1).enumerate() {
            if doubled == 0 {
                curves.push((name, Vec::new()));
            }
            curves[i].1.push((f64::from(doubled), analogies(&space, &corpus.vocabulary)?));
        }
    }
    println!("analogies solved with 1000, 2000, 4000 … sentences:");
    let mut chart =
        Chart::new("More text", "doublings of 1000 sentences", "analogies solved").y_range(0.0, 1.0);
    for (name, curve) in curves {
        let shares: Vec<String> = curve.iter().map(|point| format!("{:.2}", point.1)).collect();
        println!("  {name:<18} {}", shares.join(" "));
        chart = chart.line(name, curve);
    }
    Ok(save(CHAPTER, "sizes", &chart.draw()?)?)
}
