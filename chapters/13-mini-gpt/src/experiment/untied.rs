//! The same GPT with an output layer of its own: for the question what tying is worth.

use deep_networks::Dropout;
use dfdx::prelude::{
    Cpu, Device, Dtype, ModuleVisitor, NoneTape, Rank0, Storage, Tape, Tensor, TensorCollection,
};
use gpt::data::Batch;
use gpt::sizes::Laptop;
use gpt::{Gpt, LanguageModel, Shape, Sizes};
use kernels::Kernels;
use language_models::Embedding;

/// A GPT of the laptop size, and the vectors that its output is compared with.
#[derive(Debug, Clone)]
pub struct Untied<E: Dtype, D: Storage<E>> {
    pub gpt: Gpt<Laptop, E, D>,
    pub output: Embedding<<Laptop as Sizes>::Vocab, <Laptop as Sizes>::Model, E, D>,
}

impl<E: tensors::Real, D: Device<E>> TensorCollection<E, D> for Untied<E, D> {
    type To<E2: Dtype, D2: Device<E2>> = Untied<E2, D2>;

    fn iter_tensors<V: ModuleVisitor<Self, E, D>>(
        visitor: &mut V,
    ) -> Result<Option<Self::To<V::E2, V::D2>>, V::Err> {
        visitor.visit_fields(
            (
                Self::module("gpt", |s| &s.gpt, |s| &mut s.gpt),
                Self::module("output", |s| &s.output, |s| &mut s.output),
            ),
            |(gpt, output)| Untied { gpt, output },
        )
    }
}

impl LanguageModel<Cpu> for Untied<f32, Cpu> {
    const SHAPE: Shape = Shape::of::<Laptop>();

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
        let logits = Cpu::linear(Cpu::layer_norm(x, &self.gpt.norm), &self.output.weight, None);
        Cpu::cross_entropy(logits, &batch.targets, batch.weights.as_deref())
    }

    fn logits(&self, tokens: &[usize]) -> Vec<f32> {
        let x = self.gpt.stream(tokens, 1, NoneTape, &mut Dropout::off());
        Cpu::linear(Cpu::layer_norm(x, &self.gpt.norm), &self.output.weight, None).as_vec()
    }
}
