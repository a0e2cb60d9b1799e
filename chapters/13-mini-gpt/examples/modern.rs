//! Another block in the same model: RMSNorm, RoPE, one head of keys and values for all heads of queries,
//! SwiGLU, no table of positions. `cargo run --release -p gpt --example modern`.

use attention::Sequences;
use deep_networks::{Dropout, parameters};
use dfdx::prelude::{Const, Cpu, Dtype, HasShape, NumParams, Storage, Tape};
use gpt::corpus::{Source, Text};
use gpt::data::Starts;
use gpt::parts::{Layer, NoPositions};
use gpt::sizes::Tiny;
use gpt::{Gpt, Run, Settings, Sizes};
use kernels::{Causal, Kernels, Workers};
use multi_head::GroupedQueryAttention;
use positions::rotate;
use tensors::Real;
use tokens::{Bytes, Tokenizer};
use transformer::{Masks, RmsNorm, SwiGlu};

// ANCHOR: block
/// All heads of queries share one head of keys and values.
type MultiQuery<S, E, D> = GroupedQueryAttention<
    <S as Sizes>::Model,
    <S as Sizes>::Heads,
    Const<1>,
    <S as Sizes>::HeadDim,
    <S as Sizes>::HeadDim,
    E,
    D,
>;

/// A block of parts that came after GPT-2, from chapters 9 to 11.
#[derive(Debug, Clone)]
pub struct Modern<S: Sizes, E: Dtype, D: Storage<E>> {
    /// Norm before attention.
    pub norm1: RmsNorm<S::Model, E, D>,
    /// Between positions.
    pub attention: MultiQuery<S, E, D>,
    /// Norm before the feed-forward network.
    pub norm2: RmsNorm<S::Model, E, D>,
    /// A gated one.
    pub feed_forward: SwiGlu<S::Model, S::Hidden, E, D>,
}

parameters!(Modern<S: Sizes> { norm1, attention, norm2, feed_forward });

/// The GPT made of them.
pub type ModernGpt<S, E, D> =
    Gpt<S, E, D, Modern<S, E, D>, NoPositions, RmsNorm<<S as Sizes>::Model, E, D>>;

impl<S: Sizes, E: Real, D: Kernels<E>> Layer<S, E, D> for Modern<S, E, D> {
    fn attend<T: Tape<E, D>>(
        &self,
        x: Sequences<S::Model, E, D, T>,
        mask: &Causal<E, D>,
        dropout: &mut Dropout,
    ) -> Sequences<S::Model, E, D, T> {
        let (batch, seq, _) = *x.shape();
        let masks = mask.masks(self.norm1.gain.device(), batch, seq);
        self.attend_seen(x, &masks, dropout, |found| found)
    }

    fn attend_seen<T: Tape<E, D>>(
        &self,
        x: Sequences<S::Model, E, D, T>,
        masks: &Masks<E, D>,
        dropout: &mut Dropout,
        see: impl FnOnce(Sequences<S::Model, E, D, T>) -> Sequences<S::Model, E, D, T>,
    ) -> Sequences<S::Model, E, D, T> {
        let y = self.norm1.norm(x.retaped::<T>());
        let found = self.attention.find(y.retaped::<T>(), y, Some(masks), rotate);
        dropout.apply(self.attention.mix(see(found))) + x
    }

    fn think<T: Tape<E, D>>(
        &self,
        x: Sequences<S::Model, E, D, T>,
        dropout: &mut Dropout,
    ) -> Sequences<S::Model, E, D, T> {
        dropout.apply(self.feed_forward.think(self.norm2.norm(x.retaped::<T>()))) + x
    }
}
// ANCHOR_END: block

fn main() -> Result<(), gpt::Error> {
    let text = Text::load(&Source::Stories)?;
    let tokens = Bytes.encode(&text.train);
    let settings = Settings {
        size: "tiny".into(),
        batch: 8,
        context: 64,
        steps: 201,
        lr: 0.003,
        ..Settings::laptop()
    };
    let mut run = Run::<ModernGpt<Tiny, f32, Cpu>>::new(settings, &text, &Cpu::default())?;
    println!("{} parameters", run.model.num_trainable_params());
    let (workers, mut gradients) = (Workers::with(1), Vec::new());
    for step in 0..=200 {
        let loss = run.step(&tokens, &Starts::Anywhere(tokens.len() - 64), &workers, &mut gradients);
        if step % 100 == 0 {
            println!("step {step:3}: loss {loss:.3}");
        }
    }
    Ok(())
}
