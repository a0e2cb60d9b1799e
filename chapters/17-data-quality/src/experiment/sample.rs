//! Stories and dirt, with their labels.

use anyhow::Result;
use data_quality::dirt::Dirt;
use language_models::story::tell;
use rand::Rng;
use tensors::seeds;

/// Texts of every kind, without the empty line at their ends.
pub struct Sample {
    /// Stories.
    pub clean: Vec<String>,
    /// For each kind its texts. Near copies are copies of the clean ones; the others are made from stories
    /// that are not among them.
    pub dirty: [(Dirt, Vec<String>); 5],
}

impl Sample {
    pub fn draw(clean: usize, of_each_kind: usize, seed: u64) -> Result<Self> {
        let mut rng = seeds::generator(seed);
        let trimmed = |text: String| text.trim_end().to_owned();
        let clean: Vec<String> = (0..clean).map(|_| tell(&mut rng)).collect();
        let mut dirty = Dirt::ALL.map(|dirt| (dirt, Vec::new()));
        for (dirt, texts) in &mut dirty {
            for _ in 0..of_each_kind {
                let original = match dirt {
                    Dirt::NearCopy => clean[rng.gen_range(0..clean.len() as u32) as usize].clone(),
                    _ => tell(&mut rng),
                };
                texts.push(trimmed(dirt.spoil(&original, &mut rng)?));
            }
        }
        Ok(Self { clean: clean.into_iter().map(trimmed).collect(), dirty })
    }

    /// The dirty texts of all kinds.
    pub fn all_dirty(&self) -> Vec<String> {
        self.dirty.iter().flat_map(|(_, texts)| texts.clone()).collect()
    }

    /// The dirty texts of all kinds but one.
    pub fn dirty_but(&self, unseen: Dirt) -> Vec<String> {
        let others = self.dirty.iter().filter(|(dirt, _)| *dirt != unseen);
        others.flat_map(|(_, texts)| texts.clone()).collect()
    }
}
