//! A run on disk: weights, both moments of AdamW, settings, tokenizer, generators and history in
//! one safetensors file.
//!
//! The file is written beside its place and renamed, so at every moment the folder holds either the
//! old checkpoint or the new one, whole. On loading, names, shapes and values are checked before
//! anything is used. A folder keeps the newest checkpoint, the one with the lowest held-out loss,
//! and those of the last evaluations.

use crate::model::{Trainable, Whole};
use crate::run::{Mean, Record, Run};
use crate::settings::Settings;
use crate::tokenizer::Tokens;
use crate::{Error, Shape, fs};
use deep_networks::Optimiser;
use dfdx::prelude::{
    BuildModule, Device, HasShape, RecursiveWalker, Shape as TensorShape, Tensor, TensorCollection,
    TensorOptions, TensorVisitor, ViewTensorMut, ViewTensorName, ViewTensorRef,
};
use kernels::Kernels;
use rand_chacha::ChaCha8Rng;
use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, View};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use tokens::Tokenizer;

/// The newest checkpoint in a run's folder.
pub const FILE: &str = "checkpoint.safetensors";
/// The one with the lowest held-out loss.
pub const BEST: &str = "best.safetensors";
/// How many evaluations' checkpoints are kept beside these two, as `step-<n>.safetensors`.
const KEPT: usize = 3;
/// The metadata key under which everything but the tensors is kept, as JSON.
const KEY: &str = "mini-gpt";
/// Raised when the format changes.
const FORMAT: u32 = 3;

/// No size of a model is larger: what is counted from sizes below does not wrap.
const LARGEST: usize = 1 << 18;

/// Everything about a run but its tensors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Header {
    format: u32,
    /// The model's sizes.
    pub shape: Shape,
    /// How text becomes tokens.
    pub tokenizer: Tokens,
    /// What the run does.
    pub settings: Settings,
    /// Steps done.
    pub step: usize,
    /// Where the generator of batches stands: words drawn since its seed.
    batches: u64,
    /// The same for dropout.
    dropout: u64,
    /// Tells the text that was read.
    pub text: u64,
    /// Mean training loss since the last record.
    pending: Mean,
    /// The evaluations so far.
    pub history: Vec<Record>,
}

/// One tensor on its way to disk. Its bytes are made when they are asked for.
struct Stored {
    shape: Vec<usize>,
    numbers: Box<dyn Fn() -> Vec<f32>>,
}

impl View for Stored {
    fn dtype(&self) -> Dtype {
        Dtype::F32
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        (self.numbers)().iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    fn data_len(&self) -> usize {
        self.shape.iter().product::<usize>() * size_of::<f32>()
    }
}

/// Collects a run's tensors. What is not finite is not worth keeping: the first such tensor's name
/// is remembered.
#[derive(Default)]
struct Collector {
    tensors: Vec<(String, Stored)>,
    not_finite: Option<String>,
}

impl<D: Device<f32>> TensorVisitor<f32, D> for Collector {
    type Viewer = (ViewTensorRef, ViewTensorName);
    type Err = D::Err;
    type E2 = f32;
    type D2 = D;

    fn visit<S: TensorShape>(
        &mut self,
        _: TensorOptions<S, f32, D>,
        (tensor, name): (&Tensor<S, f32, D>, String),
    ) -> Result<Option<Tensor<S, f32, D>>, D::Err> {
        if !tensor.as_vec().iter().all(|number| number.is_finite()) {
            self.not_finite.get_or_insert_with(|| name.clone());
        }
        let (shape, tensor) = (tensor.shape().concrete().into_iter().collect(), tensor.clone());
        self.tensors.push((name, Stored { shape, numbers: Box::new(move || tensor.as_vec()) }));
        Ok(None)
    }
}

impl Collector {
    fn add<D: Device<f32>, M: TensorCollection<f32, D>>(&mut self, model: &M, name: &str) {
        M::iter_tensors(&mut RecursiveWalker { m: (model, name.to_owned()), f: self })
            .expect("reading tensors needs no device memory");
    }
}

/// Fills a model from a file. The first mismatch ends it; `used` counts the tensors that were found.
struct Reader<'a> {
    file: &'a SafeTensors<'a>,
    used: usize,
}

impl Reader<'_> {
    /// The numbers of the tensor `name`, or why they are not the `expected` ones.
    fn numbers(&mut self, name: &str, expected: &[usize]) -> Result<Vec<f32>, String> {
        let view = self.file.tensor(name).map_err(|_| format!("it has no tensor {name}"))?;
        if view.dtype() != Dtype::F32 || view.shape() != expected {
            let (dtype, shape) = (view.dtype(), view.shape());
            return Err(format!("{name} is {dtype:?} {shape:?}, not F32 {expected:?}"));
        }
        let number = |bytes: &[u8]| f32::from_le_bytes(bytes.try_into().expect("chunks of four"));
        let numbers: Vec<f32> = view.data().chunks_exact(4).map(number).collect();
        if let Some(number) = numbers.iter().find(|number| !number.is_finite()) {
            return Err(format!("{name} holds {number}"));
        }
        self.used += 1;
        Ok(numbers)
    }
}

impl<D: Device<f32>> TensorVisitor<f32, D> for Reader<'_> {
    type Viewer = (ViewTensorMut, ViewTensorName);
    type Err = String;
    type E2 = f32;
    type D2 = D;

    fn visit<S: TensorShape>(
        &mut self,
        _: TensorOptions<S, f32, D>,
        (tensor, name): (&mut Tensor<S, f32, D>, String),
    ) -> Result<Option<Tensor<S, f32, D>>, String> {
        let expected: Vec<usize> = tensor.shape().concrete().into_iter().collect();
        tensor.copy_from(&self.numbers(&name, &expected)?);
        Ok(None)
    }
}

/// Counts a model's numbers by its type, before there is one.
struct Count(usize);

impl<D: Device<f32>> TensorVisitor<f32, D> for Count {
    type Viewer = ();
    type Err = std::convert::Infallible;
    type E2 = f32;
    type D2 = D;

    fn visit<S: TensorShape>(
        &mut self,
        of: TensorOptions<S, f32, D>,
        (): (),
    ) -> Result<Option<Tensor<S, f32, D>>, Self::Err> {
        self.0 += of.shape.num_elements();
        Ok(None)
    }
}

/// Refuses to go on from `step` where the run in `folder` is not there any more. Ask under the
/// [lock](fs::lock): between reading a checkpoint and taking the lock another program may have gone on with
/// the same run, and ended.
///
/// # Errors
/// [`Error::Overtaken`], or when the checkpoint cannot be read.
pub(crate) fn not_overtaken(folder: &Path, step: usize) -> Result<(), Error> {
    if step == 0 {
        return Ok(());
    }
    if Checkpoint::read(folder)?.header.step == step {
        return Ok(());
    }
    Err(Error::Overtaken { path: folder.to_owned() })
}

/// Writes the run's checkpoint into `folder`, replacing the one before.
///
/// # Errors
/// When a number of the run is not finite, or the folder or the file cannot be written; the
/// checkpoint before is then still there.
pub fn save<D: Kernels<f32>, M: Trainable<D>>(
    folder: &Path,
    run: &Run<M, M::Parameters>,
) -> Result<PathBuf, Error> {
    let mut all = Collector::default();
    all.add(run.model.parameters(), "model");
    all.add(&run.optimiser.moment1, "moment1");
    all.add(&run.optimiser.moment2, "moment2");
    if let Some(name) = all.not_finite {
        return Err(Error::NotFinite { name, step: run.optimiser.step, path: folder.to_owned() });
    }
    let header = Header {
        format: FORMAT,
        shape: M::SHAPE,
        tokenizer: run.tokenizer.clone(),
        settings: run.settings.clone(),
        step: run.optimiser.step,
        batches: run.batches.get_word_pos() as u64,
        dropout: run.dropout.get_word_pos() as u64,
        text: run.text,
        pending: run.pending,
        history: run.history.clone(),
    };
    let header = serde_json::to_string(&header).expect("a header of numbers and names is JSON");
    let bytes = safetensors::serialize(all.tensors, Some(HashMap::from([(KEY.to_owned(), header)])))
        .expect("names are different and shapes fit their bytes");
    let path = folder.join(FILE);
    fs::replace(&path, &bytes).map_err(|source| Error::Write { path: path.clone(), source })?;
    Ok(path)
}

/// Keeps the newest checkpoint as that of `step` too, and as the best if `is_best`; forgets all but
/// the last few steps.
///
/// # Errors
/// When the folder cannot be written.
pub fn keep(folder: &Path, step: usize, is_best: bool) -> Result<(), Error> {
    let newest = folder.join(FILE);
    let keep_as = |name: &str| {
        let path = folder.join(name);
        fs::link(&newest, &path).map_err(|source| Error::Write { path, source })
    };
    // Zeros in front: the order of names is that of steps.
    keep_as(&format!("step-{step:09}.safetensors"))?;
    if is_best {
        keep_as(BEST)?;
    }
    let entries =
        std::fs::read_dir(folder).map_err(|source| Error::Write { path: folder.to_owned(), source })?;
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut steps: Vec<String> =
        names.filter(|name| name.starts_with("step-") && name.ends_with(".safetensors")).collect();
    steps.sort_unstable();
    for old in steps.iter().rev().skip(KEPT) {
        let path = folder.join(old);
        std::fs::remove_file(&path).map_err(|source| Error::Write { path, source })?;
    }
    Ok(())
}

/// A checkpoint that was read: what it says about itself, and its tensors, which can become a
/// [`Run`].
#[derive(Debug)]
pub struct Checkpoint {
    /// Everything but the tensors.
    pub header: Header,
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Checkpoint {
    /// Whether there is one in a run's folder.
    pub fn is_in(folder: &Path) -> bool {
        folder.join(FILE).exists()
    }

    /// The newest checkpoint in a run's folder, or a checkpoint that is named itself.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn read(run: &Path) -> Result<Self, Error> {
        let path = if run.is_file() { run.to_owned() } else { run.join(FILE) };
        match std::fs::read(&path) {
            Ok(bytes) => Self::of(path, bytes),
            Err(source) => Err(Error::Read { path, source }),
        }
    }

    /// The checkpoint that `bytes` are. `path` is only for messages.
    ///
    /// # Errors
    /// When they are no checkpoint of mini-gpt.
    pub fn of(path: PathBuf, bytes: Vec<u8>) -> Result<Self, Error> {
        match header(&bytes) {
            Ok(header) => Ok(Self { header, path, bytes }),
            Err(reason) => Err(Error::Checkpoint { path, reason }),
        }
    }

    /// An error that says what is wrong with it.
    pub fn refused(&self, reason: String) -> Error {
        Error::Checkpoint { path: self.path.clone(), reason }
    }

    /// The run, ready to go on.
    ///
    /// # Errors
    /// When the tensors are not those of `M`.
    pub fn restore<D: Kernels<f32>, M: Whole<D>>(self, device: &D) -> Result<Run<M>, Error> {
        self.restored(|| M::build(device))
    }

    /// The run, ready to go on, where only a part of `model` was trained and kept: that part is filled.
    /// Whether `model` is the one that it was trained with, the file cannot tell.
    ///
    /// # Errors
    /// When the tensors are not those of the part of `M` that is trained.
    pub fn restore_into<D: Kernels<f32>, M: Trainable<D>>(
        self,
        model: M,
    ) -> Result<Run<M, M::Parameters>, Error> {
        self.restored(|| model)
    }

    fn restored<D: Kernels<f32>, M: Trainable<D>>(
        self,
        model: impl FnOnce() -> M,
    ) -> Result<Run<M, M::Parameters>, Error> {
        let (model, optimiser) = self.filled(model).map_err(|reason| self.refused(reason))?;
        let header = self.header;
        let generator = |stream: u64, words: u64| -> ChaCha8Rng {
            let mut rng = Run::<M>::generator(header.settings.seed, stream);
            rng.set_word_pos(words.into());
            rng
        };
        Ok(Run {
            model,
            optimiser,
            batches: generator(0, header.batches),
            dropout: generator(1, header.dropout),
            tokenizer: header.tokenizer,
            text: header.text,
            pending: header.pending,
            history: header.history,
            settings: header.settings,
        })
    }

    /// The model with its trained part filled, and the optimiser, or what is wrong with the file.
    fn filled<D: Kernels<f32>, M: Trainable<D>>(
        &self,
        model: impl FnOnce() -> M,
    ) -> Result<(M, Optimiser<M::Parameters>), String> {
        let Self { header, bytes, .. } = self;
        if header.shape != M::SHAPE {
            return Err(format!("its model has the sizes {:?}, not {:?}", header.shape, M::SHAPE));
        }
        let (tokens, vocabulary) = (header.tokenizer.vocabulary(), M::SHAPE.vocabulary);
        if tokens != vocabulary {
            return Err(format!("its tokenizer has {tokens} tokens, its model {vocabulary}"));
        }
        let file = SafeTensors::deserialize(bytes).map_err(|error| error.to_string())?;
        // Before memory is taken for a model of any size that a small file names.
        let mut count = Count(0);
        M::Parameters::iter_tensors(&mut RecursiveWalker { m: (), f: &mut count })
            .expect("a count cannot fail");
        let (held, needed) = (bytes.len() / size_of::<f32>(), 3 * count.0);
        if held < needed {
            return Err(format!(
                "its model and both moments are {needed} numbers, it is too short for them"
            ));
        }
        let mut model = model();
        let mut optimiser = Optimiser::<M::Parameters>::new(header.settings.adamw(), model.device());
        optimiser.step = header.step;
        let mut reader = Reader { file: &file, used: 0 };
        let moments = (&mut optimiser.moment1, &mut optimiser.moment2);
        for (part, name) in
            [(model.parameters_mut(), "model"), (moments.0, "moment1"), (moments.1, "moment2")]
        {
            M::Parameters::iter_tensors(&mut RecursiveWalker {
                m: (part, name.to_owned()),
                f: &mut reader,
            })?;
        }
        if reader.used != file.len() {
            return Err(format!("it has {} tensors, not {}", file.len(), reader.used));
        }
        Ok((model, optimiser))
    }
}

/// What a checkpoint says about itself, or why its bytes are none of ours.
fn header(bytes: &[u8]) -> Result<Header, String> {
    SafeTensors::deserialize(bytes)
        .map_err(|error| format!("it is damaged or no safetensors file ({error})"))?;
    let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(|error| error.to_string())?;
    let text = metadata.metadata().as_ref().and_then(|map| map.get(KEY));
    let text = text.ok_or("it was written by another program")?;
    let header: Header =
        serde_json::from_str(text).map_err(|error| format!("its header is not ours ({error})"))?;
    if header.format != FORMAT {
        return Err(format!("its format is {}, this program reads {FORMAT}", header.format));
    }
    let Shape { vocabulary, max_context, model, heads, head_dim, hidden, layers } = header.shape;
    if [vocabulary, max_context, model, heads, head_dim, hidden, layers].iter().any(|&size| size > LARGEST)
    {
        return Err(format!("its model has the sizes {:?}", header.shape));
    }
    header.settings.check(&header.shape).map_err(|error| error.to_string())?;
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gpt;
    use crate::corpus::Text;
    use crate::sizes::{Laptop, Tiny};
    use dfdx::prelude::Cpu;
    use safetensors::tensor::TensorView;

    type Model = Gpt<Tiny>;

    /// A run of a tiny model on bytes, and its checkpoint.
    fn stored() -> (Run<Model>, Vec<u8>) {
        let text = Text {
            train: "abc".repeat(99),
            held_out: "abc".repeat(9),
            is_stories: false,
            changes: Vec::new(),
        };
        let settings = Settings { size: "tiny".to_owned(), ..Settings::laptop() };
        let run = Run::new(settings, &text, &Cpu::default()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = save(folder.path(), &run).unwrap();
        (run, std::fs::read(path).unwrap())
    }

    /// The same tensors under another header.
    fn with_header(good: &[u8], change: impl FnOnce(&mut serde_json::Value)) -> Vec<u8> {
        let (_, metadata) = SafeTensors::read_metadata(good).unwrap();
        let mut header = serde_json::from_str(&metadata.metadata().as_ref().unwrap()[KEY]).unwrap();
        change(&mut header);
        let tensors = SafeTensors::deserialize(good).unwrap();
        let metadata = HashMap::from([(KEY.to_owned(), header.to_string())]);
        safetensors::serialize(tensors.tensors(), Some(metadata)).unwrap()
    }

    fn refusal<M: Whole<Cpu>>(bytes: &[u8]) -> String {
        let restored = Checkpoint::of("it".into(), bytes.to_vec())
            .and_then(|it| it.restore::<Cpu, M>(&Cpu::default()).map(drop));
        restored.expect_err("it is refused").to_string()
    }

    #[test]
    fn a_checkpoint_that_is_changed_in_nothing_is_read() {
        let (run, good) = stored();
        let same = Checkpoint::of("it".into(), with_header(&good, |_| {})).unwrap();
        let back: Run<Model> = same.restore(&Cpu::default()).unwrap();
        assert_eq!((back.settings, back.text, back.batches), (run.settings, run.text, run.batches));
        assert_eq!(back.model.tokens.weight.as_vec(), run.model.tokens.weight.as_vec());
    }

    #[test]
    fn a_checkpoint_of_another_format_is_refused() {
        let (_, good) = stored();
        for format in [FORMAT - 1, FORMAT + 1] {
            let bytes = with_header(&good, |header| header["format"] = format.into());
            let message = refusal::<Model>(&bytes);
            assert!(
                message.contains(&format!("its format is {format}, this program reads {FORMAT}")),
                "{message}"
            );
        }
    }

    #[test]
    fn sizes_from_which_nothing_can_be_counted_are_refused() {
        let (_, good) = stored();
        for name in ["model", "layers", "vocabulary"] {
            let bytes = with_header(&good, |header| header["shape"][name] = usize::MAX.into());
            let message = Checkpoint::of("it".into(), bytes).expect_err("it is refused").to_string();
            assert!(message.contains("its model has the sizes"), "{message}");
        }
    }

    #[test]
    fn a_tokenizer_of_another_vocabulary_is_refused() {
        let (_, good) = stored();
        let bytes = with_header(&good, |header| {
            header["tokenizer"] = serde_json::json!({"name": "bpe", "merges": [[3, 4]]});
        });
        let message = refusal::<Model>(&bytes);
        assert!(message.contains("its tokenizer has 257 tokens, its model 256"), "{message}");
    }

    #[test]
    fn a_file_too_small_for_its_model_is_refused_before_there_is_a_model() {
        let (_, good) = stored();
        let bytes = with_header(&good, |header| {
            header["shape"] = serde_json::to_value(Shape::of::<Laptop>()).unwrap();
        });
        assert!(refusal::<Gpt<Laptop>>(&bytes).contains("too short for them"));
    }

    #[test]
    fn a_run_that_is_not_finite_is_not_saved() {
        let (mut run, good) = stored();
        let folder = tempfile::tempdir().unwrap();
        let path = save(folder.path(), &run).unwrap();
        run.model.norm.bias.copy_from(&[f32::INFINITY; 32]);
        let message = save(folder.path(), &run).unwrap_err().to_string();
        assert!(message.starts_with("model.norm.bias is not finite at step 0"), "{message}");
        assert!(std::fs::read(path).unwrap() == good, "the checkpoint before is as it was");
    }

    /// The same header over other tensors.
    fn with_tensors(good: &[u8], change: impl FnOnce(&mut Vec<(String, TensorView)>)) -> Vec<u8> {
        let (_, metadata) = SafeTensors::read_metadata(good).unwrap();
        let mut tensors = SafeTensors::deserialize(good).unwrap().tensors();
        change(&mut tensors);
        safetensors::serialize(tensors, metadata.metadata().clone()).unwrap()
    }

    #[test]
    fn tensors_of_another_model_are_refused_by_name() {
        let (_, good) = stored();
        let numbers = |shape: Vec<usize>| {
            let bytes: &'static [u8] = &[0; 4 * 32];
            TensorView::new(Dtype::F32, shape, bytes).unwrap()
        };
        let more =
            with_tensors(&good, |tensors| tensors.push(("model.more".to_owned(), numbers(vec![32]))));
        let message = refusal::<Model>(&more);
        assert!(message.contains("it has 109 tensors, not 108"), "{message}");
        let reshaped = with_tensors(&good, |tensors| {
            let (_, gain) = tensors.iter_mut().find(|(name, _)| name == "model.norm.gain").unwrap();
            *gain = numbers(vec![4, 8]);
        });
        let message = refusal::<Model>(&reshaped);
        assert!(message.contains("model.norm.gain is F32 [4, 8], not F32 [32]"), "{message}");
        let fewer = with_tensors(&good, |tensors| tensors.retain(|(name, _)| name != "moment2.norm.bias"));
        let longer = with_tensors(&fewer, |tensors| tensors.push(("more".to_owned(), numbers(vec![32]))));
        let message = refusal::<Model>(&longer);
        assert!(message.contains("it has no tensor moment2.norm.bias"), "{message}");
        let infinite = with_tensors(&good, |tensors| {
            let (_, gain) = tensors.iter_mut().find(|(name, _)| name == "model.norm.gain").unwrap();
            *gain = TensorView::new(Dtype::F32, vec![32], &[0xff; 4 * 32]).unwrap();
        });
        let message = refusal::<Model>(&infinite);
        assert!(message.contains("model.norm.gain holds NaN"), "{message}");
        let message = refusal::<Gpt<Laptop>>(&good);
        assert!(message.contains("its model has the sizes") && message.contains("not Shape"), "{message}");
    }

    #[test]
    fn settings_that_make_no_sense_are_refused() {
        let (_, good) = stored();
        let bytes = with_header(&good, |header| header["settings"]["batch"] = 0.into());
        let message = refusal::<Model>(&bytes);
        assert!(message.contains("--batch 0 is out of range"), "{message}");
    }
}
