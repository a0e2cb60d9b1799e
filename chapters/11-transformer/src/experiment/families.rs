//! Encoder, decoder, and both, on the same stories: what each is trained on, and what it can do.

use anyhow::Result;
use deep_networks::{FitError, Optimiser, Rule, WarmupCosine, fit};
use dfdx::prelude::{BuildModule, Cpu, NoneTape, OwnedTape, Rank0, Tensor};
use language_models::story;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use tensors::seeds;
use transformer::families::{HIDDEN_TOKEN, Stack, hide};
use transformer::number_words::{Pair, START};
use transformer::{Design, Pairs, Transformer, sizes, smoothed_cross_entropy};

const CHARACTERS: usize = 128; // ASCII
const TEXT: usize = 48;
const SCHEDULE: WarmupCosine = WarmupCosine { peak: 0.004, floor: 0.0002, warmup: 100, steps: 2000 };

sizes!(Characters<const LAYERS> {
    vocab: CHARACTERS, context: TEXT, model: 64, heads: 4, head_dim: 16, hidden: 128, layers: LAYERS
});
type Family = Stack<Characters<2>, f32, Cpu>;
type Translator = Transformer<Characters<1>, f32, Cpu>;

/// Trains the three families on the same stories and lets each fill in what it was trained for.
pub fn families() -> Result<()> {
    let corpus = story::corpus(300_000, 1);
    let [text, held_out] = [&corpus.train, &corpus.held_out].map(|text| ids(&text.replace('\n', " ")));
    let judged = windows(&held_out, 64, &mut seeds::generator(2));
    let (encoder, (decoder, both)) = rayon::join(
        || encoder(&text, &judged),
        || rayon::join(|| decoder(&text, &judged), || both(&text, &judged)),
    );
    let ((encoder, encoder_bits), (decoder, decoder_bits), (both, both_bits)) = (encoder?, decoder?, both?);
    println!(
        "three families on stories, {} steps each; bits for each character to be guessed, held out:",
        SCHEDULE.steps
    );
    println!("  encoder alone, hidden characters from both sides   {encoder_bits:.2}");
    println!("  decoder alone, the next character from the left    {decoder_bits:.2}");
    println!("  encoder and decoder, second half from the first    {both_bits:.2}");
    let beginning = &judged[..TEXT];
    fill(&encoder, beginning);
    go_on(&decoder, beginning);
    translate(&both, beginning);
    Ok(())
}

/// An encoder that guesses hidden characters, and its bits for each on `judged`.
fn encoder(text: &[usize], judged: &[usize]) -> Result<(Family, f64), FitError> {
    let (mut rng, mut gaps) = (seeds::generator(1), seeds::generator(2));
    let loss = |model: &Family| {
        model.masked_loss(&windows(text, 16, &mut rng), TEXT, OwnedTape::default(), &mut gaps)
    };
    let model = train(loss)?;
    let bits = bits(model.masked_loss(judged, TEXT, NoneTape, &mut seeds::generator(3)).as_vec()[0]);
    Ok((model, bits))
}

/// A decoder that guesses the next character, and its bits for each on `judged`.
fn decoder(text: &[usize], judged: &[usize]) -> Result<(Family, f64), FitError> {
    let mut rng = seeds::generator(1);
    let loss =
        |model: &Family| model.next_loss(&windows(text, 16, &mut rng), TEXT - 1, OwnedTape::default());
    let model = train(loss)?;
    let bits = bits(model.next_loss(judged, TEXT - 1, NoneTape).as_vec()[0]);
    Ok((model, bits))
}

/// An encoder that reads the first half of a window and a decoder that guesses the second, and their
/// bits for each character on `judged`.
fn both(text: &[usize], judged: &[usize]) -> Result<(Translator, f64), FitError> {
    let mut model = Translator::build(&Cpu::default());
    model.initialise(1);
    let mut rng = seeds::generator(1);
    let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.98] }, &Cpu::default());
    let loss_of = |model: &Translator, rows: &[usize]| {
        let batch = Pairs::from(&halves(rows)[..]);
        let targets: Vec<usize> = batch.targets.iter().map(|target| target.1).collect();
        let scores = model.forward(&batch, Design::default(), OwnedTape::default());
        smoothed_cross_entropy(scores, &targets, 0.0)
    };
    let loss = |model: &Translator, _| loss_of(model, &windows(text, 16, &mut rng));
    fit(&mut model, &mut optimiser, &SCHEDULE, 1.0, loss, |_, _, _| true)?;
    let bits = bits(loss_of(&model, judged).as_vec()[0]);
    Ok((model, bits))
}

/// Trains an encoder or a decoder alone.
fn train(
    mut loss: impl FnMut(&Family) -> Tensor<Rank0, f32, Cpu, OwnedTape<f32, Cpu>>,
) -> Result<Family, FitError> {
    let mut model = Family::build(&Cpu::default());
    model.initialise(1);
    let mut optimiser = Optimiser::new(Rule::Adam { betas: [0.9, 0.98] }, &Cpu::default());
    fit(&mut model, &mut optimiser, &SCHEDULE, 1.0, |model, _| loss(model), |_, _, _| true)?;
    Ok(model)
}

/// Hides characters of a text and lets the encoder guess them.
fn fill(encoder: &Family, text: &[usize]) {
    let (with_gaps, gaps) = hide(text, 0.2, &mut seeds::generator(5));
    let scores = encoder.forward(&with_gaps, TEXT, false, NoneTape).as_vec();
    let mut filled = with_gaps.clone();
    for gap in gaps {
        filled[gap] = best(&scores[gap * CHARACTERS..(gap + 1) * CHARACTERS]);
    }
    println!("  {}\n  {}", shown(&with_gaps), shown(&filled));
}

/// Lets the decoder go on from the first half of a text.
fn go_on(decoder: &Family, text: &[usize]) {
    let mut written = text[..TEXT / 2].to_vec();
    while written.len() < TEXT {
        let scores = decoder.forward(&written, written.len(), true, NoneTape).as_vec();
        written.push(best(&scores[(written.len() - 1) * CHARACTERS..]));
    }
    println!("  {} | {}", shown(&written[..TEXT / 2]), shown(&written[TEXT / 2..]));
}

/// Lets the encoder read the first half of a text, and the decoder write what follows.
fn translate(both: &Translator, text: &[usize]) {
    let whole = Design::default();
    let source = Pairs::from(&halves(text)[..]);
    let memory = both.encode(&source.sources, &source.source_lengths, whole, NoneTape);
    let mut written = vec![START];
    while written.len() <= TEXT / 2 {
        let scores = both.decode(&written, memory.clone(), &source.source_lengths, whole).as_vec();
        written.push(best(&scores[(written.len() - 1) * CHARACTERS..]));
    }
    println!("  {} | {}", shown(&text[..TEXT / 2]), shown(&written[1..]));
}

/// `rows` windows of [`TEXT`] characters from random places of `text`, one after the other.
fn windows(text: &[usize], rows: usize, rng: &mut ChaCha8Rng) -> Vec<usize> {
    let mut window = |_| text[rng.gen_range(0..(text.len() - TEXT) as u32) as usize..][..TEXT].to_vec();
    (0..rows).flat_map(&mut window).collect()
}

/// Windows as pairs of their halves.
fn halves(rows: &[usize]) -> Vec<Pair> {
    let pair = |row: &[usize]| Pair { source: row[..TEXT / 2].to_vec(), target: row[TEXT / 2..].to_vec() };
    rows.chunks(TEXT).map(pair).collect()
}

/// Nats as bits.
fn bits(loss: f32) -> f64 {
    f64::from(loss) / std::f64::consts::LN_2
}

/// The character with the highest score.
fn best(scores: &[f32]) -> usize {
    (0..CHARACTERS).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).expect("128 scores")
}

/// Characters as ids.
fn ids(text: &str) -> Vec<usize> {
    text.bytes().map(usize::from).collect()
}

/// And back; a hidden one is shown as a low line.
fn shown(ids: &[usize]) -> String {
    ids.iter().map(|&id| if id == HIDDEN_TOKEN { '_' } else { char::from(id as u8) }).collect()
}
