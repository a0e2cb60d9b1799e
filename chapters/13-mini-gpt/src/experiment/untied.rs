//! The same GPT with an output layer of its own: for the question what tying is worth.

use attention::Sequences;
use deep_networks::{Dropout, parameters};
use dfdx::prelude::{Cpu, Dtype, NoneTape, Rank0, Storage, Tape, Tensor};
use gpt::data::Batch;
use gpt::{Gpt, LanguageModel, Shape, Sizes, Trainable};
use kernels::Kernels;
use language_models::Embedding;

/// A GPT, and the vectors that its output is compared with.
#[derive(Debug, Clone)]
pub struct Untied<S: Sizes, E: Dtype, D: Storage<E>> {
    pub gpt: Gpt<S, E, D>,
    pub output: Embedding<S::Vocab, S::Model, E, D>,
}

parameters!(Untied<S: Sizes> { gpt, output });

impl<S: Sizes> Untied<S, f32, Cpu> {
    /// The scores of every token as the next one, by the vectors of the output.
    fn scores<T: Tape<f32, Cpu>>(
        &self,
        x: Sequences<S::Model, f32, Cpu, T>,
    ) -> Sequences<S::Vocab, f32, Cpu, T> {
        Cpu::linear(Cpu::layer_norm(x, &self.gpt.norm), &self.output.weight, None)
    }
}

impl<S: Sizes> LanguageModel<Cpu> for Untied<S, f32, Cpu> {
    const SHAPE: Shape = Shape::of::<S>();

    fn device(&self) -> &Cpu {
        self.gpt.device()
    }

    fn loss<T: Tape<f32, Cpu>>(
        &self,
        batch: &Batch,
        tape: T,
        dropout: &mut Dropout,
    ) -> Tensor<Rank0, f32, Cpu, T> {
        let x = self.gpt.stream(&batch.inputs, batch.rows, tape, dropout);
        Cpu::cross_entropy(self.scores(x), &batch.targets, batch.weights.as_deref())
    }

    fn logits(&self, tokens: &[usize]) -> Vec<f32> {
        let x = self.gpt.stream(tokens, 1, NoneTape, &mut Dropout::off());
        self.scores(x).as_vec()
    }
}

impl<S: Sizes> Trainable<Cpu> for Untied<S, f32, Cpu> {
    type Parameters = Self;

    fn parameters(&self) -> &Self {
        self
    }

    fn parameters_mut(&mut self) -> &mut Self {
        self
    }
}
