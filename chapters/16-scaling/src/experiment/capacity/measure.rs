//! All runs: one on each core, each kept as soon as it is finished, none made twice.

use super::plan::{
    DOCUMENTS, EXPONENTS, EXPOSURES, FULL, OFFERED, OTHER_STEPS, SEEDS, STEPS, facts, people, strings,
};
use super::record::{Found, Kept, Record, Run, Setting, Slopes, best, tried};
use super::runs::{self, STRINGS};
use anyhow::{Result, bail};
use kernels::Workers;
use kernels::measured::processor;
use std::sync::{Mutex, PoisonError};

/// Learning rates, of which the best is looked for from three in the middle outwards. Long runs can take
/// higher ones.
const LADDER: [f64; 7] = [1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0];
const MIDDLE: [usize; 3] = [2, 3, 4];
const MIDDLE_OF_LONG: [usize; 3] = [3, 4, 5];
/// From so many steps on a run is long.
const LONG: usize = 8000;

/// Makes the runs on strings and facts that are missing.
pub fn measure(date: &str) -> Result<()> {
    let mut record = Record::load_or_begin()?;
    (record.processor, record.date) = (processor(), date.to_owned());
    let record = Mutex::new(record);
    let strings_of = Runs { record: &record, list: |record| &mut record.strings, run: runs::strings };
    let facts_of = Runs { record: &record, list: |record| &mut record.facts, run: runs::facts };
    let guesses_of = Runs { record: &record, list: |record| &mut record.guesses, run: runs::guesses };
    // The smallest size first, then the facts: if the time is short, that is kept.
    let all_strings = |size| -> Result<()> {
        let rate = strings_of.tune(&[strings(size, FULL, STEPS)], MIDDLE)?[0];
        strings_of.repeat(&OFFERED.map(|bits| strings(size, bits, STEPS)), &OFFERED.map(|_| rate))
    };
    all_strings(STRINGS[0])?;
    let settings = EXPOSURES.map(facts);
    let rates = facts_of.tune(&settings, MIDDLE)?;
    facts_of.repeat(&settings, &rates)?;
    guesses_of.repeat(&settings, &rates)?;
    all_strings(STRINGS[1])?;
    // One after the other: each is more than the one before.
    let others = OTHER_STEPS.map(|(bits, steps)| strings(STRINGS[0], bits, steps));
    let rates = others.iter().map(|of| {
        let from = if of.steps < LONG { MIDDLE } else { MIDDLE_OF_LONG };
        Ok(strings_of.tune(std::slice::from_ref(of), from)?[0])
    });
    let rates = rates.collect::<Result<Vec<_>>>()?;
    // The longest with every seed.
    strings_of.repeat(&others[others.len() - 1..], &rates[rates.len() - 1..])
}

/// Makes the runs on the slopes that are missing, each setting with a rate of its own.
pub fn measure_slopes(date: &str) -> Result<()> {
    let mut record = Slopes::load_or_begin()?;
    (record.processor, record.date) = (processor(), date.to_owned());
    let record = Mutex::new(record);
    let of = Runs { record: &record, list: |record: &mut Slopes| &mut record.people, run: runs::people };
    for s in EXPONENTS {
        let settings = DOCUMENTS.map(|documents| people(s, documents));
        of.repeat(&settings, &of.tune(&settings, MIDDLE)?)?;
    }
    Ok(())
}

/// Runs of one kind: where they are kept, and how one is made.
struct Runs<'a, K, Of, F> {
    record: &'a Mutex<K>,
    list: fn(&mut K) -> &mut Vec<Run<Of, F>>,
    run: fn(&Of) -> F,
}

impl<K: Kept + Send, Of: Setting, F: Found> Runs<'_, K, Of, F> {
    /// The best rate for each of `settings`, with their seed. None is at the edge of those that were
    /// tried for it.
    fn tune(&self, settings: &[Of], from: [usize; 3]) -> Result<Vec<f64>> {
        let with = |of: &Of, step: usize| of.with(LADDER[step], of.seed());
        self.make(settings.iter().flat_map(|of| from.map(|step| with(of, step))).collect())?;
        loop {
            let edges: Vec<Of> =
                settings.iter().filter_map(|of| self.beyond(of).map(|step| with(of, step))).collect();
            if edges.is_empty() {
                return settings.iter().map(|of| Ok(self.best(of)?.0)).collect();
            }
            self.make(edges)?;
        }
    }

    fn best(&self, of: &Of) -> Result<(f64, bool, bool)> {
        let mut record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        let found = tried((self.list)(&mut record), of);
        let Some(best) = best(&found) else { bail!("no rate was tried for {of:?}") };
        Ok((found[best].0, best == 0, best + 1 == found.len()))
    }

    /// Where on the ladder to try next, if the best rate is at the edge.
    fn beyond(&self, of: &Of) -> Option<usize> {
        let (rate, lowest, highest) = self.best(of).ok()?;
        let step = LADDER.iter().position(|other| *other == rate)?;
        let next = if lowest {
            step.checked_sub(1)
        } else if highest {
            Some(step + 1)
        } else {
            None
        };
        next.filter(|step| *step < LADDER.len())
    }

    /// Makes each of `settings` at its rate, with every seed.
    fn repeat(&self, settings: &[Of], rates: &[f64]) -> Result<()> {
        let each = |(of, rate): (&Of, &f64)| SEEDS.map(|seed| of.with(*rate, seed));
        self.make(settings.iter().zip(rates).flat_map(each).collect())
    }

    /// Makes those runs that are missing, and keeps each.
    fn make(&self, mut jobs: Vec<Of>) -> Result<()> {
        let lock = || self.record.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.retain(|job| (self.list)(&mut lock()).iter().all(|done| done.of != *job));
        let kept = Workers::new().map(jobs, |of| {
            let found = (self.run)(&of);
            eprintln!("{of:?} {found:?}");
            let mut record = lock();
            (self.list)(&mut record).push(Run { of, found });
            record.save()
        });
        kept.into_iter().collect()
    }
}
