//! Adapters as files, in the field's naming: what Hugging Face's PEFT writes and reads. A folder holds
//! `adapter_config.json`, and `adapter_model.safetensors` with two tensors for each matrix,
//!
//! `base_model.model.blocks.0.attention.query.lora_A.weight` (r, in) and `….lora_B.weight` (out, r).
//!
//! Between `base_model.model.` and `.lora_A` stands the matrix's own name in the model.

use crate::Error;
use crate::lora::{Config, Lora};
use crate::targets::Target;
use deep_networks::by_name;
use dfdx::prelude::ConstDim;
use gpt::fingerprint::fingerprint;
use gpt::{Gpt, Shape, Sizes, fs};
use kernels::{Kernels, Shareable};
use safetensors::SafeTensors;
use safetensors::tensor::{Dtype, TensorView};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// The tensors of an adapter.
pub const TENSORS: &str = "adapter_model.safetensors";
/// What is said about them.
pub const CONFIG: &str = "adapter_config.json";
/// The metadata key of the [fingerprint](of_weights) of the model that is adapted.
const BASE: &str = "base_fingerprint";

/// What PEFT's configuration says, as far as it matters here. What would change how an adapter is meant, and is not
/// known here, is refused.
#[derive(Debug, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools)] // they are PEFT's
struct Stored {
    peft_type: String,
    r: usize,
    lora_alpha: f64,
    target_modules: Vec<String>,
    #[serde(default)]
    bias: Option<String>,
    #[serde(default)]
    fan_in_fan_out: bool,
    #[serde(default)]
    use_rslora: bool,
    #[serde(default)]
    use_dora: bool,
    #[serde(default)]
    lora_dropout: f64,
    #[serde(default)]
    task_type: Option<String>,
    #[serde(default)]
    base_model_name_or_path: Option<String>,
    #[serde(default)]
    inference_mode: bool,
    #[serde(default)]
    rank_pattern: BTreeMap<String, usize>,
    #[serde(default)]
    alpha_pattern: BTreeMap<String, f64>,
    #[serde(default)]
    modules_to_save: Option<Vec<String>>,
}

impl Stored {
    fn of(config: &Config) -> Self {
        Self {
            peft_type: "LORA".to_owned(),
            r: config.r,
            lora_alpha: config.lora_alpha,
            target_modules: config.target_modules.iter().map(|target| target.name().to_owned()).collect(),
            bias: Some("none".to_owned()),
            fan_in_fan_out: false,
            use_rslora: false,
            use_dora: false,
            lora_dropout: 0.0,
            task_type: None,
            base_model_name_or_path: None,
            inference_mode: true,
            rank_pattern: BTreeMap::new(),
            alpha_pattern: BTreeMap::new(),
            modules_to_save: None,
        }
    }

    fn config(&self) -> Result<Config, String> {
        if self.peft_type != "LORA" {
            return Err(format!("it is of the kind {}, not LORA", self.peft_type));
        }
        for (is_set, name) in [
            (self.bias.as_deref().is_some_and(|bias| bias != "none"), "bias"),
            (self.fan_in_fan_out, "fan_in_fan_out"),
            (self.use_rslora, "use_rslora"),
            (self.use_dora, "use_dora"),
            (!self.rank_pattern.is_empty(), "rank_pattern"),
            (!self.alpha_pattern.is_empty(), "alpha_pattern"),
            (self.modules_to_save.as_ref().is_some_and(|saved| !saved.is_empty()), "modules_to_save"),
        ] {
            if is_set {
                return Err(format!("its {name} is set, which is not known here"));
            }
        }
        // A name may have its path before it.
        let target = |name: &String| {
            let target =
                Target::ALL.into_iter().find(|target| *name == target.name() || *name == target.path());
            target.ok_or_else(|| format!("the model has no matrix {name}"))
        };
        // The order is ours: PEFT's is that of a set.
        let named = self.target_modules.iter().map(target).collect::<Result<Vec<_>, _>>()?;
        let target_modules = Target::ALL.into_iter().filter(|target| named.contains(target)).collect();
        Ok(Config { r: self.r, lora_alpha: self.lora_alpha, target_modules })
    }
}

/// A number that tells the weights of models apart.
pub fn of_weights<S: Sizes, D: Kernels<f32>>(model: &Gpt<S, f32, D>) -> u64 {
    let numbers = by_name(model).into_iter().flat_map(|(_, numbers)| numbers);
    fingerprint(numbers.flat_map(f32::to_le_bytes))
}

/// The name that PEFT gives the matrix `target` of block `block`.
fn named(block: usize, target: Target, side: &str) -> String {
    format!("base_model.model.blocks.{block}.{}.lora_{side}.weight", target.path())
}

/// Every tensor of an adapter, with its name and shape, and how it is called in a walk over the adapters.
fn layout(shape: &Shape, config: &Config) -> Vec<(String, String, [usize; 2])> {
    let mut all = Vec::new();
    for block in 0..shape.layers {
        for &target in &config.target_modules {
            let (inputs, outputs) = match target {
                Target::Up => (shape.model, shape.hidden),
                Target::Down => (shape.hidden, shape.model),
                _ => (shape.model, shape.model),
            };
            for (side, field, size) in [("A", "a", [config.r, inputs]), ("B", "b", [outputs, config.r])] {
                all.push((named(block, target, side), format!("{block}.{}.{field}", target.name()), size));
            }
        }
    }
    all
}

/// Writes the adapter into `folder`, replacing the one that was there.
///
/// # Errors
/// When a number is not finite, or a file cannot be written.
pub fn save<S: Sizes, Room: ConstDim, D: Kernels<f32> + Shareable>(
    folder: &Path,
    lora: &Lora<S, Room, f32, D>,
) -> Result<(), Error> {
    let numbers: HashMap<String, Vec<f32>> = by_name(&lora.adapters).into_iter().collect();
    let mut tensors = Vec::new();
    for (name, field, [rows, columns]) in layout(&Shape::of::<S>(), &lora.config) {
        let all = &numbers[&field];
        // A row of B has room for more than the rank.
        let width = if is_b(&field) { Room::SIZE } else { columns };
        let kept = all.chunks_exact(width).take(rows).flat_map(|row| &row[..columns]);
        if let Some(number) = kept.clone().find(|number| !number.is_finite()) {
            let reason = format!("{name} holds {number}");
            return Err(Error::Adapter { path: folder.to_owned(), reason });
        }
        tensors.push((
            name,
            [rows, columns],
            kept.flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>(),
        ));
    }
    let views = tensors.iter().map(|(name, size, bytes)| {
        let view = TensorView::new(Dtype::F32, size.to_vec(), bytes);
        (name.as_str(), view.expect("four bytes for each number"))
    });
    let metadata = HashMap::from([
        ("format".to_owned(), "pt".to_owned()),
        (BASE.to_owned(), format!("{:016x}", of_weights(&lora.base))),
    ]);
    let bytes = safetensors::serialize(views, Some(metadata)).expect("names are different");
    let config =
        serde_json::to_string_pretty(&Stored::of(&lora.config)).expect("names and numbers are JSON") + "\n";
    for (file, bytes) in [(TENSORS, &bytes[..]), (CONFIG, config.as_bytes())] {
        let path = folder.join(file);
        fs::replace(&path, bytes).map_err(|source| Error::Write { path, source })?;
    }
    Ok(())
}

/// Reads the adapter in `folder` for the model `base`.
///
/// # Errors
/// When a file cannot be read, or the adapter is of another kind or for another model.
pub fn load<S: Sizes, Room: ConstDim, D: Kernels<f32> + Shareable>(
    folder: &Path,
    base: Gpt<S, f32, D>,
) -> Result<Lora<S, Room, f32, D>, Error> {
    let read = |file: &str| {
        let path = folder.join(file);
        std::fs::read(&path).map_err(|source| Error::Read { path, source })
    };
    let (config, tensors) = (read(CONFIG)?, read(TENSORS)?);
    let refused = |reason| Error::Adapter { path: folder.to_owned(), reason };
    let stored: Stored =
        serde_json::from_slice(&config).map_err(|error| refused(format!("{CONFIG}: {error}")))?;
    let config = stored.config().map_err(refused)?;
    let mut lora = Lora::new(base, config, 0)?;
    let numbers = numbers(&tensors, &Shape::of::<S>(), &lora).map_err(refused)?;
    crate::walk::each(&mut lora.adapters, |name, all: &mut Vec<f32>| {
        let Some((size, found)) = numbers.get(name) else { return };
        all.fill(0.0);
        let width = if is_b(name) { Room::SIZE } else { size[1] };
        for (row, found) in all.chunks_exact_mut(width).zip(found.chunks_exact(size[1])) {
            row[..size[1]].copy_from_slice(found);
        }
    });
    Ok(lora)
}

/// Size and numbers of each tensor, by its name in a walk.
type Found = HashMap<String, ([usize; 2], Vec<f32>)>;

/// Whether a tensor of this name in a walk is a B.
fn is_b(name: &str) -> bool {
    name.rsplit('.').next() == Some("b")
}

/// The numbers of each tensor by its name in a walk, or why the file has others.
fn numbers<S: Sizes, Room: ConstDim, D: Kernels<f32>>(
    bytes: &[u8],
    shape: &Shape,
    lora: &Lora<S, Room, f32, D>,
) -> Result<Found, String> {
    let file = SafeTensors::deserialize(bytes).map_err(|error| format!("{TENSORS}: {error}"))?;
    let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(|error| error.to_string())?;
    let base = metadata.metadata().as_ref().and_then(|metadata| metadata.get(BASE));
    let ours = format!("{:016x}", of_weights(&lora.base));
    if base.is_some_and(|base| *base != ours) {
        return Err("it was trained on other weights".to_owned());
    }
    let layout = layout(shape, &lora.config);
    if file.len() != layout.len() {
        return Err(format!("it has {} tensors, not {}", file.len(), layout.len()));
    }
    let mut all = HashMap::new();
    for (name, field, size) in layout {
        let view = file.tensor(&name).map_err(|_| format!("it has no tensor {name}"))?;
        if view.dtype() != Dtype::F32 || view.shape() != size {
            return Err(format!("{name} is {:?} {:?}, not F32 {size:?}", view.dtype(), view.shape()));
        }
        let number = |bytes: &[u8]| f32::from_le_bytes(bytes.try_into().expect("chunks of four"));
        let numbers: Vec<f32> = view.data().chunks_exact(4).map(number).collect();
        if let Some(number) = numbers.iter().find(|number| !number.is_finite()) {
            return Err(format!("{name} holds {number}"));
        }
        all.insert(field, (size, numbers));
    }
    Ok(all)
}
