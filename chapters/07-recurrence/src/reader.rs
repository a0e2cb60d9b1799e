//! A recurrent network from tokens to scores: embedding, cell, output layer.

use crate::Cell;
use crate::cell::Rows;
use deep_networks::{Linear, cross_entropy};
use dfdx::prelude::{
    Const, Device, Dtype, GatherTo, Module, ModuleVisitor, PutTape, Rank0, SplitTape, Storage, Tape,
    Tensor, TensorCollection, TensorFromVec,
};
use language_models::Embedding;
use tensors::Real;

// ANCHOR: reader
/// Reads `VOCAB` different tokens with the cell `C` and gives scores to `OUT` classes.
#[derive(Debug, Clone)]
pub struct Reader<
    const VOCAB: usize,
    const EMBED: usize,
    const HIDDEN: usize,
    const OUT: usize,
    C,
    E: Dtype,
    D: Storage<E>,
> {
    /// A vector for each token.
    pub embedding: Embedding<Const<VOCAB>, Const<EMBED>, E, D>,
    /// What is applied at every step.
    pub cell: C,
    /// From the hidden state to the scores.
    pub output: Linear<Const<HIDDEN>, Const<OUT>, E, D>,
}

impl<
    const VOCAB: usize,
    const EMBED: usize,
    const HIDDEN: usize,
    const OUT: usize,
    C,
    E: Real,
    D: Device<E>,
> Reader<VOCAB, EMBED, HIDDEN, OUT, C, E, D>
where
    C: Cell<EMBED, HIDDEN, E, D>,
{
    /// Reads one token for each row.
    pub fn step<T: Tape<E, D>>(
        &self,
        tokens: Vec<usize>,
        state: &C::State,
        tape: T,
    ) -> (Rows<HIDDEN, E, D, T>, C::State) {
        let device = self.embedding.weight.device();
        let rows = tokens.len();
        let ids = TensorFromVec::<usize>::tensor_from_vec(device, tokens, (rows,));
        let x = self.embedding.weight.clone().put_tape(tape).gather(ids); // (rows, EMBED)
        self.cell.step(x, state)
    }

    /// The scores after the last of `length` tokens: `tokens` holds whole rows of them, the result
    /// is `(rows, OUT)`.
    ///
    /// # Panics
    /// When `length` is 0, or `tokens` are not whole rows.
    pub fn last<T: Tape<E, D>>(&self, tokens: &[usize], length: usize, mut tape: T) -> Rows<OUT, E, D, T> {
        assert!(length > 0 && tokens.len().is_multiple_of(length), "whole rows of at least one token");
        let mut state = self.cell.start(tokens.len() / length);
        let column = |t: usize| tokens.iter().copied().skip(t).step_by(length).collect();
        for t in 0..length - 1 {
            (_, tape, state) = {
                let (h, state) = self.step(column(t), &state, tape);
                let (h, tape) = h.split_tape();
                (h, tape, state)
            };
        }
        let (hidden, _) = self.step(column(length - 1), &state, tape);
        self.output.forward(hidden)
    }

    /// The mean loss in nats of predicting each token of `rows` texts from those before it, over
    /// one **window** of each. `window` holds whole rows of `length` + 1 tokens. The state goes in
    /// and comes out, but no gradient goes back beyond the window.
    ///
    /// # Panics
    /// When `window` is not made of such rows.
    pub fn window_loss<T: Tape<E, D>>(
        &self,
        window: &[usize],
        length: usize,
        state: &mut C::State,
        mut tape: T,
    ) -> Tensor<Rank0, E, D, T> {
        assert!(
            length > 0 && window.len().is_multiple_of(length + 1),
            "whole rows of the window and one token"
        );
        let column = |t: usize| window.iter().copied().skip(t).step_by(length + 1).collect::<Vec<_>>();
        let mut losses = Vec::new();
        for t in 0..length {
            let (hidden, next) = self.step(column(t), state, tape);
            let loss;
            (loss, tape) = cross_entropy(self.output.forward(hidden), &column(t + 1)).split_tape();
            losses.push(loss);
            *state = next;
        }
        let first = losses.swap_remove(0).put_tape(tape);
        losses.into_iter().fold(first, |sum, loss| sum + loss) * E::of(1.0 / length as f64)
    }
}
// ANCHOR_END: reader

impl<
    const VOCAB: usize,
    const EMBED: usize,
    const HIDDEN: usize,
    const OUT: usize,
    C,
    E: Real,
    D: Device<E>,
> TensorCollection<E, D> for Reader<VOCAB, EMBED, HIDDEN, OUT, C, E, D>
where
    C: TensorCollection<E, D>,
{
    type To<E2: Dtype, D2: Device<E2>> = Reader<VOCAB, EMBED, HIDDEN, OUT, C::To<E2, D2>, E2, D2>;

    fn iter_tensors<V: ModuleVisitor<Self, E, D>>(
        visitor: &mut V,
    ) -> Result<Option<Self::To<V::E2, V::D2>>, V::Err> {
        visitor.visit_fields(
            (
                Self::module("embedding", |s| &s.embedding, |s| &mut s.embedding),
                Self::module("cell", |s| &s.cell, |s| &mut s.cell),
                Self::module("output", |s| &s.output, |s| &mut s.output),
            ),
            |(embedding, cell, output)| Reader { embedding, cell, output },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recall::{Recall, train_reader};
    use crate::{Gru, Lstm, Rnn, initialise};
    use backprop::gradient_check::worst_error;
    use dfdx::prelude::{BuildModule, Cpu, NoneTape};

    type Small<C> = Reader<5, 3, 4, 5, C, f64, Cpu>;

    fn small<C>() -> Small<C>
    where
        C: TensorCollection<f64, Cpu, To<f64, Cpu> = C> + Clone,
    {
        let mut model = Small::<C>::build(&Cpu::default());
        initialise(&mut model, 1.0, 3);
        model
    }

    #[test]
    fn gradients_through_time_equal_central_differences() {
        let window = [0, 3, 1, 4, 2, 2, 1, 0]; // two rows of three tokens and the next one
        let model = small::<Gru<3, 4, f64, Cpu>>();
        let error = worst_error(&model.cell.new.hidden.weight, |weight| {
            let (weight, tape) = weight.split_tape();
            let mut model = model.clone();
            model.cell.new.hidden.weight = weight;
            model.window_loss(&window, 3, &mut model.cell.start(2), tape)
        });
        assert!(error < 1e-8, "{error}");
    }

    #[test]
    fn two_windows_with_the_state_carried_over_are_one_long_one() {
        let model = small::<Lstm<3, 4, f64, Cpu>>();
        let text = [0, 3, 1, 4, 2, 2, 1];
        let loss = |window: &[usize], length, state: &mut _| {
            model.window_loss(window, length, state, NoneTape).as_vec()[0]
        };
        let whole = loss(&text, 6, &mut model.cell.start(1));
        let mut state = model.cell.start(1);
        let parts = [loss(&text[..4], 3, &mut state), loss(&text[3..], 3, &mut state)];
        assert!((whole - f64::midpoint(parts[0], parts[1])).abs() < 1e-12, "{whole} {parts:?}");
    }

    #[test]
    fn each_cell_recalls_over_five_steps_and_only_an_open_gate_over_thirty() {
        type OneLstm = Lstm<8, 16, f32, Cpu>;
        let at = |distance| Recall::at(distance).unwrap();
        assert_eq!(train_reader(at(5), 1, |_: &mut Rnn<8, 16, f32, Cpu>| ()).unwrap(), 1.0);
        assert_eq!(train_reader(at(5), 1, |_: &mut Gru<8, 16, f32, Cpu>| ()).unwrap(), 1.0);
        assert_eq!(train_reader(at(5), 1, |_: &mut OneLstm| ()).unwrap(), 1.0);
        let [shut, open] = [0.0, 3.0]
            .map(|bias| train_reader(at(30), 1, |cell: &mut OneLstm| cell.set_forget_bias(bias)).unwrap());
        assert!(shut < 0.3 && open > 0.9, "forget bias 0: {shut}, forget bias 3: {open}");
    }
}
