//! The seams of the model: its stream can be looked at and changed, its blocks exchanged, and what is
//! trained need not be all of it.

#[path = "../examples/modern.rs"]
#[expect(dead_code)] // the program
mod modern;

use attention::Sequences;
use backprop::gradient_check::worst_error;
use deep_networks::{Dropout, Repeated, by_name, gradient_of, parameters};
use dfdx::prelude::{
    Backward, BuildModule, Const, ConstDim, Cpu, Dtype, Gradients, NoneTape, NumParams, OwnedTape,
    PermuteTo, PutTape, Rank0, SampleTensor, SplitTape, Storage, Tape, Tensor, TensorCollection,
    TensorFromVec, TensorOptions, TryMatMul,
};
use gpt::checkpoint::{Checkpoint, FILE};
use gpt::corpus::Text;
use gpt::data::Batch;
use gpt::initialise::initialise;
use gpt::seen::Place;
use gpt::sizes::Tiny;
use gpt::train::{Budget, train};
use gpt::{Error, Gpt, LanguageModel, Run, Settings, Shape, Trainable};
use kernels::Kernels;
use modern::ModernGpt;

/// Both round, in another order.
const TOLERANCE: f32 = 1e-5;

const IDS: [usize; 12] = [5, 200, 17, 3, 99, 5, 5, 64, 255, 0, 31, 8];

type Model = Gpt<Tiny>;
type Stream<T> = Sequences<Const<32>, f32, Cpu, T>;

fn model() -> Model {
    let mut model = Model::build(&Cpu::default());
    initialise(&mut model, 3);
    model
}

fn far(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

/// The scores of two rows of `IDS` where `see` looks on.
fn seen(model: &Model, mut see: impl FnMut(Place, Stream<NoneTape>) -> Stream<NoneTape>) -> Vec<f32> {
    model.scores(model.stream_seen(&IDS, 2, NoneTape, &mut Dropout::off(), &mut see)).as_vec()
}

#[test]
fn who_only_looks_changes_nothing_and_sees_every_half_step() {
    let (model, mut places) = (model(), Vec::new());
    let looked_at = seen(&model, |place, x| {
        places.push(place);
        x
    });
    assert!(far(&looked_at, &model.forward(&IDS, 2, NoneTape, &mut Dropout::off()).as_vec()) < TOLERANCE);
    let of_block = |i| [Place::Heads(i), Place::Attended(i), Place::Thought(i)];
    assert_eq!(places, [vec![Place::Embedded], of_block(0).to_vec(), of_block(1).to_vec()].concat());
}

#[test]
fn gradients_go_through_what_is_seen() {
    let model = model();
    let gradients = |looked_at: bool| {
        let (tape, off) = (OwnedTape::default(), &mut Dropout::off());
        let x = if looked_at {
            model.stream_seen(&IDS, 2, tape, off, |_, x| x)
        } else {
            model.stream(&IDS, 2, tape, off)
        };
        let loss = <Cpu as Kernels<f32>>::cross_entropy(model.scores(x), &IDS, None);
        by_name(&gradient_of(&model, &mut loss.backward()))
    };
    let (seen, unseen) = (gradients(true), gradients(false));
    assert_eq!(seen.len(), unseen.len());
    for ((name, a), (_, b)) in seen.iter().zip(&unseen) {
        assert!(far(a, b) < TOLERANCE, "{name}");
        // A bias of the keys adds the same to all scores of a query, and a softmax does not see it.
        assert!(name.ends_with("key.bias") || b.iter().any(|slope| slope.abs() > 1e-5), "{name} has none");
    }
}

#[test]
fn a_head_that_is_taken_away_is_one_whose_rows_of_the_output_are_zero() {
    let (model, mut without) = (model(), model());
    // Head 1 of block 1: numbers 16 to 32 of what is found there. The weight is W^O transposed.
    let kept: Vec<f32> = (0..32).map(|i| f32::from(i < 16)).collect();
    let weight = &mut without.blocks.modules[1].attention.output.weight;
    let numbers: Vec<f32> = weight.as_vec().iter().zip(kept.iter().cycle()).map(|(w, k)| w * k).collect();
    weight.copy_from(&numbers);
    let taken_away = seen(&model, |place, x| {
        if place != Place::Heads(1) {
            return x;
        }
        let numbers = x.as_vec().iter().zip(kept.iter().cycle()).map(|(x, k)| x * k).collect();
        Cpu::default().tensor_from_vec(numbers, (2, 6, Const))
    });
    let zeroed = without.forward(&IDS, 2, NoneTape, &mut Dropout::off()).as_vec();
    assert!(far(&taken_away, &zeroed) < TOLERANCE);
    assert!(far(&taken_away, &seen(&model, |_, x| x)) > 1e-3, "the head did nothing");
}

#[test]
fn what_is_put_in_place_of_the_stream_goes_on() {
    let model = model();
    for place in
        [Place::Embedded, Place::Attended(0), Place::Thought(0), Place::Attended(1), Place::Thought(1)]
    {
        let other: Vec<usize> = IDS.iter().map(|id| (id + 100) % 256).collect();
        let mut kept = None;
        model.stream_seen(&other, 2, NoneTape, &mut Dropout::off(), |at, x| {
            if at == place {
                kept = Some(x.clone());
            }
            x
        });
        let kept = kept.expect("the place is passed");
        let patched = seen(&model, |at, x| if at == place { kept.clone() } else { x });
        let of_other = model.forward(&other, 2, NoneTape, &mut Dropout::off()).as_vec();
        assert!(far(&patched, &of_other) < TOLERANCE, "{place:?}");
    }
}

// Another block.

// With two blocks the causal mask tells the order, too.
gpt::sizes!(OneBlock {
    vocab: 256,
    context: 64,
    model: 32,
    heads: 2,
    head_dim: 16,
    hidden: 128,
    layers: 1
});
gpt::sizes!(Five { vocab: 5, context: 6, model: 4, heads: 2, head_dim: 2, hidden: 6, layers: 2 });

#[test]
fn an_exchanged_block_has_the_gradients_of_its_formula() {
    type Small = ModernGpt<Five, f64, Cpu>;
    let model = Small::build(&Cpu::seed_from_u64(3));
    let loss = |model: &Small, tape| {
        <Cpu as Kernels<f64>>::cross_entropy(
            model.forward(&[0, 1, 2, 3, 2, 1], 2, tape, &mut Dropout::off()),
            &[1, 2, 3, 4, 1, 0],
            None,
        )
    };
    let errors = [
        worst_error(&model.tokens.weight, |weight| {
            let (weight, tape) = weight.split_tape();
            let mut model = model.clone();
            model.tokens.weight = weight;
            loss(&model, tape)
        }),
        worst_error(&model.blocks.modules[0].attention.key.weight, |weight| {
            let (weight, tape) = weight.split_tape();
            let mut model = model.clone();
            model.blocks.modules[0].attention.key.weight = weight;
            loss(&model, tape)
        }),
    ];
    assert!(errors.iter().all(|error| *error < 1e-8), "{errors:?}");
}

#[test]
fn an_exchanged_block_sees_no_future_and_where_its_tokens_stand() {
    let mut model = ModernGpt::<OneBlock, f32, Cpu>::build(&Cpu::default());
    initialise(&mut model, 1);
    let run = |ids: &[usize]| model.forward(ids, 1, NoneTape, &mut Dropout::off()).as_vec();
    let (mut later, mut exchanged) = (IDS, IDS);
    later[7] = 1;
    let (before, after) = (run(&IDS), run(&later));
    assert_eq!(before[..7 * 256], after[..7 * 256]);
    assert_ne!(before[7 * 256..8 * 256], after[7 * 256..8 * 256]);
    exchanged.swap(1, 2);
    assert!(far(&run(&exchanged)[11 * 256..], &before[11 * 256..]) > 1e-4, "RoPE tells the order");
}

fn text() -> Text {
    let text = "the cat sat on the mat, and the other cat sat on it too. ";
    Text { train: text.repeat(9), held_out: text.to_owned(), is_stories: false, changes: Vec::new() }
}

fn settings() -> Settings {
    Settings {
        size: "tiny".to_owned(),
        steps: 60,
        batch: 4,
        context: 16,
        lr: 0.01,
        eval_every: 30,
        ..Settings::laptop()
    }
}

fn go_on<M: Trainable<Cpu>>(run: &mut Run<M, M::Parameters>, steps: usize, folder: &tempfile::TempDir) {
    train(run, &text(), folder.path(), Budget::Steps(steps), |_| Ok::<_, Error>(())).unwrap();
}

fn trained<M: Trainable<Cpu>>(run: &mut Run<M, M::Parameters>, steps: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    go_on(run, steps, &folder);
    folder
}

#[test]
fn a_model_of_other_blocks_is_trained_kept_and_read_again() {
    type Other = ModernGpt<Tiny, f32, Cpu>;
    let mut run = Run::<Other>::new(settings(), &text(), &Cpu::default()).unwrap();
    let folder = trained(&mut run, 60);
    let losses: Vec<f64> = run.history.iter().map(|record| record.val_loss).collect();
    assert!(losses[0] < 256_f64.ln() && losses[1] < losses[0], "{losses:?}");
    let read = |folder: &tempfile::TempDir| Checkpoint::read(folder.path()).unwrap();
    let back: Run<Other> = read(&folder).restore(&Cpu::default()).unwrap();
    assert_eq!(by_name(&back.model), by_name(&run.model));
    // As GPT-2's blocks it cannot be read.
    let refused = read(&folder).restore::<Cpu, Model>(&Cpu::default()).unwrap_err().to_string();
    assert!(refused.contains("it has no tensor model.positions.table"), "{refused}");
}

// A part that is trained, in a model that stays as it is.

/// B A: a change of a matrix, of rank 2. B is 0 at first.
#[derive(Debug, Clone)]
struct Change<In: ConstDim, Out: ConstDim, E: Dtype, D: Storage<E>> {
    b: Tensor<(Out, Const<2>), E, D>,
    a: Tensor<(Const<2>, In), E, D>,
}

parameters!(Change<In: ConstDim, Out: ConstDim> {
    b: TensorOptions::reset_to_zeros(), a: TensorOptions::reset_to_ones()
});

type Changes = Repeated<Change<Const<32>, Const<32>, f32, Cpu>, Const<2>>;

/// A model whose queries are changed.
#[derive(Debug, Clone)]
struct Adapted {
    base: Model,
    changes: Changes,
}

impl Adapted {
    fn new(base: Model) -> Self {
        let cpu = Cpu::seed_from_u64(8);
        let mut changes: Changes = BuildModule::build(&cpu);
        changes.modules.iter_mut().for_each(|change| change.a = cpu.sample_normal());
        Self { base, changes }
    }

    /// The model with W + B A for W, and the tape on which the sums stand.
    fn adapted<T: Tape<f32, Cpu>>(&self, mut tape: T) -> (Model, T) {
        let mut model = self.base.clone();
        for (block, change) in model.blocks.modules.iter_mut().zip(&self.changes.modules) {
            let weight = &mut block.attention.query.weight;
            let sum = change.b.clone().put_tape(tape).matmul(change.a.clone()) + weight.clone();
            (*weight, tape) = sum.split_tape();
        }
        (model, tape)
    }
}

impl LanguageModel<Cpu> for Adapted {
    const SHAPE: Shape = Shape::of::<Tiny>();

    fn device(&self) -> &Cpu {
        LanguageModel::<Cpu>::device(&self.base)
    }

    fn loss<T: Tape<f32, Cpu>>(
        &self,
        batch: &Batch,
        tape: T,
        dropout: &mut Dropout,
    ) -> Tensor<Rank0, f32, Cpu, T> {
        let (model, tape) = self.adapted(tape);
        model.loss(batch, tape, dropout)
    }

    fn logits(&self, tokens: &[usize]) -> Vec<f32> {
        self.adapted(NoneTape).0.logits(tokens)
    }
}

impl Trainable<Cpu> for Adapted {
    type Parameters = Changes;

    fn parameters(&self) -> &Changes {
        &self.changes
    }

    fn parameters_mut(&mut self) -> &mut Changes {
        &mut self.changes
    }
}

/// The gradient of the loss of one batch by `parameters`, a part of the model or all of it.
fn gradient<M: LanguageModel<Cpu>, P: TensorCollection<f32, Cpu, To<f32, Cpu> = P> + Clone>(
    model: &M,
    parameters: &P,
) -> Vec<(String, Vec<f32>)> {
    let batch = Batch {
        inputs: IDS.to_vec(),
        targets: IDS.map(|id| (id + 1) % 256).to_vec(),
        rows: 2,
        weights: None,
    };
    let mut gradients: Gradients<f32, Cpu> =
        model.loss(&batch, OwnedTape::default(), &mut Dropout::off()).backward();
    by_name(&gradient_of(parameters, &mut gradients))
}

#[test]
fn a_part_gets_the_gradient_that_the_chain_rule_gives_it() {
    let mut model = Adapted::new(model());
    let cpu = Cpu::seed_from_u64(5);
    model.changes.modules.iter_mut().for_each(|change| change.b = cpu.sample_normal());
    let whole = model.adapted(NoneTape).0;
    let of_whole = gradient(&whole, &whole);
    let of_part = gradient(&model, &model.changes);
    assert_eq!(of_part.len(), 4);
    for (i, change) in model.changes.modules.iter().enumerate() {
        let name = format!("blocks.{i}.attention.query.weight");
        let slopes = &of_whole.iter().find(|(found, _)| *found == name).expect("the weights have one").1;
        let slopes: Tensor<(Const<32>, Const<32>), f32, Cpu> =
            cpu.tensor_from_vec(slopes.clone(), (Const, Const));
        // W' = W + B A: dB = dW' Aᵀ, dA = Bᵀ dW'.
        let b: Tensor<(Const<32>, Const<2>), f32, Cpu> =
            slopes.clone().matmul(change.a.clone().permute::<(Const<32>, Const<2>), _>());
        let a: Tensor<(Const<2>, Const<32>), f32, Cpu> =
            change.b.clone().permute::<(Const<2>, Const<32>), _>().matmul(slopes);
        for (found, expected) in [(&of_part[2 * i], b.as_vec()), (&of_part[2 * i + 1], a.as_vec())] {
            assert!(expected.iter().any(|slope| slope.abs() > 1e-4), "{} has a gradient", found.0);
            assert!(far(&found.1, &expected) < TOLERANCE, "{}", found.0);
        }
    }
}

#[test]
fn a_part_is_trained_alone_kept_alone_and_goes_on() {
    let base = model();
    let tokenizer = || gpt::tokenizer::Tokens::learn(256, "").unwrap();
    let mut run = Run::of(Adapted::new(base.clone()), tokenizer(), settings(), &text());
    let folder = trained(&mut run, 30);
    assert_eq!(by_name(&run.model.base), by_name(&base), "the rest stays as it is");
    assert!(run.model.changes.modules[0].b.as_vec().iter().any(|b| *b != 0.0), "the part moves");
    // 2 blocks, B and A of 64 numbers each, thrice: the part and its moments, and a head of some thousand bytes.
    assert_eq!(run.model.changes.num_trainable_params(), 256);
    let bytes = std::fs::metadata(folder.path().join(FILE)).unwrap().len();
    assert!(bytes < 3 * 256 * 4 + 8000, "{bytes} bytes");

    let read = Checkpoint::read(folder.path()).unwrap();
    let mut resumed = read.restore_into(Adapted::new(base.clone())).unwrap();
    let mut whole = Run::of(Adapted::new(base), tokenizer(), settings(), &text());
    go_on(&mut resumed, 60, &folder);
    trained(&mut whole, 60);
    assert_eq!(by_name(&resumed.model.changes), by_name(&whole.model.changes));
    let losses: Vec<f64> = whole.history.iter().map(|record| record.val_loss).collect();
    assert!(losses[1] < losses[0], "{losses:?}");
}
