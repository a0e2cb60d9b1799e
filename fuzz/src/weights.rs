//! `model.safetensors` of GPT-2.

use crate::checkpoint::Mini;
use dfdx::prelude::Cpu;
use pretrained::weights::Weights;
use safetensors::Dtype;
use safetensors::tensor::TensorView;

/// Names and shapes of a GPT-2 with the sizes of [`Mini`].
const TENSORS: [(&str, &[usize]); 16] = [
    ("wte.weight", &[256, 4]),
    ("wpe.weight", &[4, 4]),
    ("h.0.ln_1.weight", &[4]),
    ("h.0.ln_1.bias", &[4]),
    ("h.0.attn.c_attn.weight", &[4, 12]),
    ("h.0.attn.c_attn.bias", &[12]),
    ("h.0.attn.c_proj.weight", &[4, 4]),
    ("h.0.attn.c_proj.bias", &[4]),
    ("h.0.ln_2.weight", &[4]),
    ("h.0.ln_2.bias", &[4]),
    ("h.0.mlp.c_fc.weight", &[4, 4]),
    ("h.0.mlp.c_fc.bias", &[4]),
    ("h.0.mlp.c_proj.weight", &[4, 4]),
    ("h.0.mlp.c_proj.bias", &[4]),
    ("ln_f.weight", &[4]),
    ("ln_f.bias", &[4]),
];

/// A good file.
pub fn good() -> Vec<u8> {
    let zeros = vec![0; 256 * 4 * 4];
    let views = TENSORS.map(|(name, shape)| {
        let bytes = &zeros[..4 * shape.iter().product::<usize>()];
        (name, TensorView::new(Dtype::F32, shape.to_vec(), bytes).expect("it fits"))
    });
    safetensors::serialize(views, None).expect("names differ")
}

/// Weights as they are, or, of bytes that begin like JSON, this head before the good file's
/// numbers.
pub fn read(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"{") {
        return read_file(bytes);
    }
    let good = good();
    let head = u64::from_le_bytes(good[..8].try_into().expect("eight bytes")) as usize;
    read_file(&[&(bytes.len() as u64).to_le_bytes(), bytes, &good[8 + head..]].concat())
}

fn read_file(bytes: &[u8]) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("model.safetensors"), bytes).expect("the folder can be written");
    let weights = Weights::open(folder.path());
    weights.and_then(|weights| weights.fill::<Mini, Cpu>(&Cpu::default())).is_ok()
}
