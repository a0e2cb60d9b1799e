//! The model of 2017: an encoder that reads, a decoder that writes (Vaswani et al. 2017).

use crate::number_words::{END, PAD, Pair, START};
use crate::{Block, DecoderLayer, Design, LayerNorm, Masks, Sizes};
use attention::Sequences;
use deep_networks::{Dropout, Linear, Repeated, parameters};
use dfdx::prelude::{
    Axis, BroadcastTo, ConstDim, Device, Dtype, GatherTo, HasShape, Module, ReshapeTo, SplitTape, Storage,
    Tape, Tensor, TensorFromVec, TryAdd,
};
use language_models::Embedding;
use multi_head::padding_masks;
use neurons::gelu::Gelu;
use positions::sinusoidal::encoding;
use tensors::Real;

// ANCHOR: pairs
/// A batch of sources and targets, filled up to rectangles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairs {
    /// `(rows, source_len)`.
    pub sources: Vec<usize>,
    /// Tokens of each source without padding.
    pub source_lengths: Vec<usize>,
    /// What the decoder reads, `(rows, target_len)`: a start sign and the target, but for its last
    /// token.
    pub inputs: Vec<usize>,
    /// What it is to write: for each place that is not padding its index among `rows · target_len`
    /// and the token.
    pub targets: Vec<(usize, usize)>,
}

impl From<&[Pair]> for Pairs {
    fn from(pairs: &[Pair]) -> Self {
        let longest = |of: fn(&Pair) -> usize| pairs.iter().map(of).max().unwrap_or(0);
        let (source_len, target_len) =
            (longest(|pair| pair.source.len()), longest(|pair| pair.target.len()) + 1);
        let mut batch = Self { sources: vec![], source_lengths: vec![], inputs: vec![], targets: vec![] };
        for (row, pair) in pairs.iter().enumerate() {
            batch.source_lengths.push(pair.source.len());
            batch.sources.extend(&pair.source);
            batch.sources.resize((row + 1) * source_len, PAD);
            let written = pair.target.iter().copied().chain([END]);
            batch
                .targets
                .extend(written.enumerate().map(|(place, token)| (row * target_len + place, token)));
            batch.inputs.push(START);
            batch.inputs.extend(&pair.target);
            batch.inputs.resize((row + 1) * target_len, PAD);
        }
        batch
    }
}
// ANCHOR_END: pairs

// ANCHOR: model
/// Both stacks have `Layers` layers; source and target share one vocabulary.
#[derive(Debug, Clone)]
pub struct Transformer<S: Sizes, E: Dtype, D: Storage<E>> {
    /// A vector for each token.
    pub embedding: Embedding<S::Vocab, S::Model, E, D>,
    /// Reads.
    pub encoder: Repeated<Block<S, E, D>, S::Layers>,
    /// The norm at the end of the encoder, if norms stand before.
    pub encoder_norm: LayerNorm<S::Model, E, D>,
    /// Writes.
    pub decoder: Repeated<DecoderLayer<S, E, D>, S::Layers>,
    /// The norm at the end of the decoder, if norms stand before.
    pub decoder_norm: LayerNorm<S::Model, E, D>,
    /// To the scores of the next token.
    pub output: Linear<S::Model, S::Vocab, E, D>,
}

impl<S: Sizes, E: Real, D: Gelu<E>> Transformer<S, E, D> {
    /// Draws every matrix with the deviation √(2 / inputs); biases start at 0 and the gains of
    /// norms at 1.
    pub fn initialise(&mut self, seed: u64) {
        deep_networks::initialise(self, seed);
        let layers = self.encoder.modules.iter_mut().flat_map(|layer| [&mut layer.norm1, &mut layer.norm2]);
        let more = self.decoder.modules.iter_mut();
        let more = more.flat_map(|layer| [&mut layer.norm1, &mut layer.norm2, &mut layer.norm3]);
        for norm in layers.chain(more).chain([&mut self.encoder_norm, &mut self.decoder_norm]) {
            norm.gain.fill_with_ones();
        }
    }

    /// Reads `sources`, rows of `len` tokens: `(rows, len, Model)`.
    pub fn encode<T: Tape<E, D>>(
        &self,
        sources: &[usize],
        lengths: &[usize],
        design: Design,
        tape: T,
    ) -> Sequences<S::Model, E, D, T> {
        let len = sources.len() / lengths.len();
        let masks = padding_masks(self.embedding.weight.device(), lengths, len, len, false);
        let mut x = self.embed(sources, len, design, tape);
        for layer in &self.encoder.modules {
            x = layer.encode(x, Some(&masks), design, &mut Dropout::off());
        }
        last_norm(x, &self.encoder_norm, design)
    }

    /// The scores of the token after each of `inputs`, rows of `len` tokens: `(rows · len, Vocab)`.
    pub fn decode<T: Tape<E, D>>(
        &self,
        inputs: &[usize],
        memory: Sequences<S::Model, E, D, T>,
        source_lengths: &[usize],
        design: Design,
    ) -> Tensor<(usize, S::Vocab), E, D, T> {
        let (rows, source_len, _) = *memory.shape();
        let (memory, tape) = memory.split_tape(); // the encoder's record goes on with the decoder
        let len = inputs.len() / rows;
        let device = self.embedding.weight.device();
        // Padding comes last, so whoever may not look ahead cannot see it.
        let masks: Masks<E, D> = padding_masks(device, &vec![len; rows], len, len, true);
        let source_masks = padding_masks(device, source_lengths, len, source_len, false);
        let mut x = self.embed(inputs, len, design, tape);
        for layer in &self.decoder.modules {
            x = layer.run(x, &memory, (Some(&masks), Some(&source_masks)), design, &mut Dropout::off());
        }
        let x = last_norm(x, &self.decoder_norm, design);
        self.output.forward(x.reshape_like(&(rows * len, S::Model::default())))
    }

    /// The scores of every token that is to be written, `(targets, Vocab)`.
    pub fn forward<T: Tape<E, D>>(
        &self,
        pairs: &Pairs,
        design: Design,
        tape: T,
    ) -> Tensor<(usize, S::Vocab), E, D, T> {
        let memory = self.encode(&pairs.sources, &pairs.source_lengths, design, tape);
        let scores = self.decode(&pairs.inputs, memory, &pairs.source_lengths, design);
        let places: Vec<usize> = pairs.targets.iter().map(|target| target.0).collect();
        let count = places.len();
        let device = scores.device().clone();
        scores.gather(TensorFromVec::<usize>::tensor_from_vec(&device, places, (count,)))
    }

    /// The tokens' vectors, √Model times as long, and their positions: `(rows, len, Model)`.
    pub fn embed<T: Tape<E, D>>(
        &self,
        tokens: &[usize],
        len: usize,
        design: Design,
        tape: T,
    ) -> Sequences<S::Model, E, D, T> {
        let model = <S::Model as ConstDim>::SIZE;
        let x = self.embedding.look_up(tokens, len, tape) * E::of((model as f64).sqrt());
        if !design.positions {
            return x;
        }
        let table = (0..len).flat_map(|position| encoding(position, model)).map(E::of).collect();
        let table = x.device().tensor_from_vec(table, (len, S::Model::default()));
        let table = table.broadcast_like::<_, Axis<0>>(x.shape());
        x.try_add(table).expect("the same shape")
    }
}
// ANCHOR_END: model

fn last_norm<Model: ConstDim, E: Real, D: Device<E>, T: Tape<E, D>>(
    x: Sequences<Model, E, D, T>,
    norm: &LayerNorm<Model, E, D>,
    design: Design,
) -> Sequences<Model, E, D, T> {
    if design.norm && design.place == crate::Place::Before { norm.norm(x) } else { x }
}

parameters!(Transformer<S: Sizes> { embedding, encoder, encoder_norm, decoder, decoder_norm, output });

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number_words::{Language, VOCAB, pair, random_pair};
    use crate::{Place, smoothed_cross_entropy};
    use backprop::gradient_check::worst_error;
    use dfdx::prelude::{BuildModule, Cpu, NoneTape};
    use tensors::seeds;

    crate::sizes!(Eight {
        vocab: VOCAB,
        context: 1,
        model: 8,
        heads: 2,
        head_dim: 4,
        hidden: 12,
        layers: 1
    });
    type Small = Transformer<Eight, f64, Cpu>;

    fn small() -> Small {
        let mut model = Small::build(&Cpu::default());
        model.initialise(1);
        model
    }

    #[test]
    fn norms_start_at_one() {
        // A gain of 0 would make every layer add nothing, and a model with the norm last would
        // never learn.
        let model = small();
        assert_eq!(model.encoder.modules[0].norm2.gain.as_vec(), [1.0; 8]);
        assert_eq!(model.decoder.modules[0].norm3.gain.as_vec(), [1.0; 8]);
        assert_eq!(model.decoder_norm.gain.as_vec(), [1.0; 8]);
    }

    fn pairs() -> Pairs {
        let pairs =
            [pair(45, Language::German, Language::Digits), pair(7, Language::Digits, Language::English)];
        Pairs::from(&pairs[..])
    }

    #[test]
    fn a_batch_is_filled_up_and_the_decoder_is_one_token_behind() {
        let batch = pairs();
        assert_eq!(batch.source_lengths, [4, 2]);
        assert_eq!(batch.sources.len(), 2 * 4);
        assert_eq!(batch.sources[6..], [PAD, PAD]);
        assert_eq!((batch.inputs[0], batch.inputs[3]), (START, START));
        let written: Vec<usize> = batch.targets.iter().map(|target| target.1).collect();
        assert_eq!(written, [10, 11, END, 23, END], "4 5 and seven");
        let places: Vec<usize> = batch.targets.iter().map(|target| target.0).collect();
        assert_eq!(places, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn the_gradient_reaches_the_encoder() {
        // Through cross-attention only; a tape that is lost on the way there leaves the encoder as
        // it was drawn, and nothing complains.
        let (model, batch) = (small(), pairs());
        let targets: Vec<usize> = batch.targets.iter().map(|target| target.1).collect();
        let error = worst_error(&model.encoder.modules[0].attention.value.weight, |weight| {
            let (weight, tape) = weight.split_tape();
            let mut model = model.clone();
            model.encoder.modules[0].attention.value.weight = weight;
            smoothed_cross_entropy(model.forward(&batch, Design::default(), tape), &targets, 0.1)
        });
        assert!(error < 1e-7, "{error}");
    }

    #[test]
    fn padding_changes_nothing_and_the_future_is_not_seen() {
        let model = small();
        for place in [Place::Before, Place::After] {
            let design = Design { place, ..Design::default() };
            let one = [pair(45, Language::German, Language::Digits)];
            let alone = model.forward(&Pairs::from(&one[..]), design, NoneTape).as_vec();
            let mut rng = seeds::generator(3);
            let with_others = [
                one[0].clone(),
                random_pair(false, &mut rng),
                random_pair(false, &mut rng),
                random_pair(false, &mut rng),
            ];
            let beside = model.forward(&Pairs::from(&with_others[..]), design, NoneTape).as_vec();
            // The same sentence stands first: as many numbers, and all of them.
            for (alone, beside) in alone.iter().zip(&beside[..alone.len()]) {
                assert!((alone - beside).abs() < 1e-9, "{alone} {beside}");
            }
            let other = [pair(49, Language::German, Language::Digits)];
            let mut changed = Pairs::from(&one[..]);
            changed.inputs[2] = Pairs::from(&other[..]).inputs[2];
            let after = model.forward(&changed, design, NoneTape).as_vec();
            assert_eq!(alone[..2 * VOCAB], after[..2 * VOCAB]);
        }
    }
}
