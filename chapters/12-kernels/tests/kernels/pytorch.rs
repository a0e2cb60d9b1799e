//! The kernels against PyTorch's own fused attention, layer norm, GELU, embedding and
//! cross-entropy: `tests/fixtures/make.py` computes `kernels.safetensors` in double precision.

use crate::{Attend, Case, TOLERANCE, Think, distance, embedded, entropy, found};
use dfdx::prelude::Cpu;
use kernels::Kernels;
use safetensors::SafeTensors;

const CASE: Case = Case { batch: 2, seq: 37, zeroed: 0.0, seed: 0 };

struct Fixture<'a>(SafeTensors<'a>);

impl Fixture<'_> {
    fn numbers(&self, name: &str) -> Vec<f64> {
        let tensor = self.0.tensor(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        tensor.data().chunks_exact(8).map(|b| f64::from_le_bytes(b.try_into().expect("8 bytes"))).collect()
    }

    /// `name.0`, `name.1` and so on, as many as there are.
    fn list(&self, name: &str) -> Vec<Vec<f64>> {
        let names = (0..).map(|i| format!("{name}.{i}")).take_while(|name| self.0.tensor(name).is_ok());
        names.map(|name| self.numbers(&name)).collect()
    }

    fn compare(&self, part: &str, ours: &crate::Found) {
        let output = distance(&ours.output, &self.numbers(&format!("{part}.output")));
        assert!(output < TOLERANCE, "{part}: {output:e}");
        let slopes = self.list(&format!("{part}.slopes"));
        assert_eq!(slopes.len(), ours.slopes.len());
        for (i, (ours, theirs)) in ours.slopes.iter().zip(&slopes).enumerate() {
            let distance = distance(ours, theirs);
            assert!(distance < TOLERANCE, "{part}, gradient {i}: {distance:e}");
        }
    }
}

#[test]
fn kernels_are_those_of_pytorch() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/kernels.safetensors");
    let bytes = std::fs::read(path).unwrap();
    let fixture = Fixture(SafeTensors::deserialize(&bytes).unwrap());
    let weights = fixture.numbers("weights");

    let inputs = fixture.list("attend.inputs");
    let attend =
        found(&CASE, &inputs[0], &inputs[1..], &weights, |x, m: &Attend<12, 3, 4, f32>, dropout| {
            crate::attention(x, m, dropout)
        });
    fixture.compare("attend", &attend);

    let inputs = fixture.list("think.inputs");
    let think = found(&CASE, &inputs[0], &inputs[1..], &weights, |x, m: &Think<12, 20, f32>, dropout| {
        <Cpu as Kernels<f32>>::think(x, &m.0, &m.1, dropout)
    });
    fixture.compare("think", &think);

    let ids: Vec<usize> = fixture.numbers("embed.ids").into_iter().map(|id| id as usize).collect();
    let embed = embedded::<f32, 9, 40, 12>(&CASE, &ids, &fixture.list("embed.inputs"), &weights);
    fixture.compare("embed", &embed);

    let logits = &fixture.list("cross_entropy.inputs")[0];
    fixture.compare("cross_entropy", &entropy::<f32, 9>(&CASE, logits, &ids, None));
}
