//! `model.safetensors`: the weights, read tensor by tensor into a model.
//!
//! A safetensors file is eight bytes that say how long its head is, the head (JSON: each tensor's
//! type, shape and place), and the numbers one after another. So a tensor can be read by itself,
//! and filling a model takes no more memory than the model and one tensor.
//!
//! A large model may be in several such files, its **shards**; `model.safetensors.index.json` then
//! says which tensor is in which.

use crate::Error;
use crate::names::Source;
use dfdx::prelude::{Device, RecursiveWalker, Shape, Tensor, TensorOptions, TensorVisitor, ViewTensorName};
use gpt::Whole;
use half::{bf16, f16};
use kernels::Kernels;
use safetensors::tensor::{Dtype, Metadata};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Longer heads are no heads: GPT-2 XL's has 60 kilobytes.
const LONGEST_HEAD: u64 = 100 << 20;

/// An open file of weights.
#[derive(Debug)]
struct Shard {
    path: PathBuf,
    file: File,
    head: Metadata,
    /// Where the numbers begin.
    start: u64,
}

/// All weights of a model: one file, or several.
#[derive(Debug)]
pub struct Weights {
    /// The file that speaks for all of them in messages.
    path: PathBuf,
    shards: Vec<Shard>,
    /// Which of them has each tensor.
    places: BTreeMap<String, usize>,
    /// What stands before each name: `transformer.` in files of the whole model with its output
    /// layer, nothing in others.
    prefix: &'static str,
}

/// Which shard holds each tensor.
#[derive(Deserialize)]
struct Index {
    weight_map: BTreeMap<String, String>,
}

impl Shard {
    fn open(path: PathBuf) -> Result<Self, Error> {
        let read = |source| Error::Read { path: path.clone(), source };
        let wrong = |reason: String| Error::Weights { path: path.clone(), reason };
        let mut file = File::open(&path).map_err(read)?;
        let length = file.metadata().map_err(read)?.len();
        let (start, head) = head(&mut file, length).map_err(wrong)?;
        if length != start + head.data_len() as u64 {
            let expected = start + head.data_len() as u64;
            return Err(wrong(format!("it is cut off or damaged: {length} bytes, not {expected}")));
        }
        Ok(Self { path, file, head, start })
    }
}

impl Weights {
    /// Opens the file in `folder`, or its shards, and reads their heads.
    ///
    /// # Errors
    /// When there is none, or it is damaged, cut off, or holds something else than a GPT-2.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let (whole, index) =
            (folder.join("model.safetensors"), folder.join("model.safetensors.index.json"));
        let (path, shards) = if whole.exists() || !index.exists() {
            (whole.clone(), vec![Shard::open(whole)?])
        } else {
            let shards = shards(folder, &index)?;
            (index, shards)
        };
        let wrong = |reason: String| Error::Weights { path: path.clone(), reason };
        let mut places = BTreeMap::new();
        for (place, shard) in shards.iter().enumerate() {
            for name in shard.head.offset_keys() {
                if places.insert(name.clone(), place).is_some() {
                    return Err(wrong(format!("two shards hold a tensor {name}")));
                }
            }
        }
        let prefix = ["", "transformer."]
            .into_iter()
            .find(|prefix| places.contains_key(&format!("{prefix}wte.weight")))
            .ok_or_else(|| wrong("it has no tensor wte.weight or transformer.wte.weight".to_owned()))?;
        Ok(Self { path, shards, places, prefix })
    }

    fn wrong(&self, reason: String) -> Error {
        Error::Weights { path: self.path.clone(), reason }
    }

    /// A name as this file spells it.
    fn full(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// The tensor `name` with the shape `expected`.
    fn read(&self, name: &str, expected: &[usize]) -> Result<Vec<f32>, Error> {
        let Some(shard) = self.places.get(name).map(|&place| &self.shards[place]) else {
            return Err(self.wrong(format!("it has no tensor {name}")));
        };
        let info = shard.head.info(name).expect("its shard has it");
        if info.shape != expected {
            let shape = &info.shape;
            return Err(self.wrong(format!("{name} has the shape {shape:?}, the config says {expected:?}")));
        }
        let ((begin, end), dtype) = (info.data_offsets, info.dtype);
        let mut bytes = vec![0; end - begin];
        let mut file = &shard.file;
        file.seek(SeekFrom::Start(shard.start + begin as u64))
            .and_then(|_| file.read_exact(&mut bytes))
            .map_err(|source| Error::Read { path: shard.path.clone(), source })?;
        let numbers: Vec<f32> = match dtype {
            Dtype::F32 => bytes.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect(),
            Dtype::F16 => bytes.as_chunks().0.iter().map(|b| f16::from_le_bytes(*b).to_f32()).collect(),
            Dtype::BF16 => bytes.as_chunks().0.iter().map(|b| bf16::from_le_bytes(*b).to_f32()).collect(),
            other => return Err(self.wrong(format!("{name} is of type {other:?}, not F32, F16 or BF16"))),
        };
        match numbers.iter().find(|x| !x.is_finite()) {
            Some(x) => Err(self.wrong(format!("{name} holds {x}"))),
            None => Ok(numbers),
        }
    }

    // ANCHOR: fill
    /// A model of the type `M` with these weights.
    ///
    /// # Errors
    /// When a tensor is missing, has another shape or type, or holds a number that is not finite;
    /// or when one is left over, because then the file is of another model.
    pub fn fill<M: Whole<D>, D: Kernels<f32>>(self, device: &D) -> Result<M, Error> {
        let mut filler = Filler { weights: &self, device, used: BTreeSet::new() };
        let model = M::iter_tensors(&mut RecursiveWalker { m: String::new(), f: &mut filler })?
            .expect("the filler makes every tensor");
        let used = std::mem::take(&mut filler.used);
        self.nothing_is_left(&used)?;
        Ok(model)
    }
    // ANCHOR_END: fill

    /// Refuses tensors that were not used, but for two kinds: masks, which old files keep as if
    /// they were weights, and a copy of the tied output.
    fn nothing_is_left(&self, used: &BTreeSet<String>) -> Result<(), Error> {
        for full in self.places.keys() {
            let name = full.strip_prefix(self.prefix).unwrap_or(full);
            let mask = name.ends_with(".attn.bias") || name.ends_with(".attn.masked_bias");
            if full == "lm_head.weight" {
                self.output_is_tied()?;
            } else if !mask && !used.contains(name) {
                return Err(self.wrong(format!("it has a tensor {full} that a GPT-2 of this size has not")));
            }
        }
        Ok(())
    }

    fn output_is_tied(&self) -> Result<(), Error> {
        let (output, table) = ("lm_head.weight", self.full("wte.weight"));
        let shape = |name: &str| {
            let shard = &self.shards[*self.places.get(name)?];
            shard.head.info(name).map(|info| info.shape.clone())
        };
        let (ours, theirs) = (shape(output).unwrap_or_default(), shape(&table).unwrap_or_default());
        if ours != theirs {
            return Err(self.wrong(format!(
                "its output layer, {output}, has the shape {ours:?}, and its token embedding, {table}, {theirs:?}: \
                 they must be the same"
            )));
        }
        if self.read(output, &ours)? == self.read(&table, &theirs)? {
            return Ok(());
        }
        Err(self.wrong(format!("its output layer, {output}, differs from its token embedding")))
    }
}

/// Opens the shards that an index names: they lie beside it.
fn shards(folder: &Path, index: &Path) -> Result<Vec<Shard>, Error> {
    let text =
        std::fs::read_to_string(index).map_err(|source| Error::Read { path: index.to_owned(), source })?;
    let wrong = |reason: String| Error::Weights { path: index.to_owned(), reason };
    let Index { weight_map } = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let mut shards = Vec::new();
    for name in weight_map.values().collect::<BTreeSet<_>>() {
        if Path::new(name).file_name() != Some(name.as_ref()) {
            return Err(wrong(format!("its shard {name:?} is not a file beside it")));
        }
        shards.push(Shard::open(folder.join(name)).map_err(|error| match error {
            Error::Weights { path, reason } => {
                Error::Weights { path, reason: format!("a shard of {}: {reason}", index.display()) }
            }
            other => other,
        })?);
    }
    for (tensor, name) in &weight_map {
        let shard = shards.iter().find(|shard| shard.path.ends_with(name));
        if shard.is_none_or(|shard| shard.head.info(tensor).is_none()) {
            return Err(wrong(format!("{name} does not hold the tensor {tensor}, as it says")));
        }
    }
    Ok(shards)
}

/// Where the numbers begin, and what the head says, of a file of `bytes` bytes.
fn head(file: &mut File, bytes: u64) -> Result<(u64, Metadata), String> {
    let damaged = |error: std::io::Error| match error.kind() {
        ErrorKind::UnexpectedEof => "it is cut off or no safetensors file".to_owned(),
        _ => error.to_string(),
    };
    let mut length = [0; 8];
    file.read_exact(&mut length).map_err(damaged)?;
    let length = u64::from_le_bytes(length);
    if length > LONGEST_HEAD {
        return Err("it is damaged or no safetensors file".to_owned());
    }
    if length > bytes {
        return Err("it is cut off or no safetensors file".to_owned());
    }
    let mut head = vec![0; length as usize];
    file.read_exact(&mut head).map_err(damaged)?;
    let head = serde_json::from_slice(&head).map_err(|error| format!("its head is damaged ({error})"))?;
    Ok((8 + length, head))
}

// ANCHOR: filler
/// Makes each parameter of a model from the file.
struct Filler<'a, D> {
    weights: &'a Weights,
    device: &'a D,
    /// Tensors of the file that a parameter came from.
    used: BTreeSet<String>,
}

impl<D: Device<f32>> TensorVisitor<f32, D> for Filler<'_, D> {
    type Viewer = ViewTensorName;
    type Err = Error;
    type E2 = f32;
    type D2 = D;

    fn visit<S: Shape>(
        &mut self,
        options: TensorOptions<S, f32, D>,
        name: String,
    ) -> Result<Option<Tensor<S, f32, D>>, Error> {
        let shape: Vec<usize> = options.shape.concrete().into_iter().collect();
        let source = Source::of(&name);
        let stored = self.weights.read(&self.weights.full(&source.name), &source.stored_shape(&shape))?;
        let tensor = self.device.tensor_from_vec(source.take(&stored, &shape), options.shape);
        self.used.insert(source.name);
        Ok(Some(tensor))
    }
}
// ANCHOR_END: filler
