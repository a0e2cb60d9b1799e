//! Has it seen the test? Stories put into the training text so many times, and what can be proven
//! afterwards.

use super::ledger::Ledger;
use super::setup::{FEW, Lab, READING_ON, Stream};
use crate::experiment::CHAPTER;
use anyhow::{Context, Result};
use data_quality::contamination::{chance, evidence, hedged, z_score};
use figures::{Chart, save};
use gpt::corpus::{Source, Text};
use gpt::sizes::LaptopBpe;
use gpt::{Gpt, Settings};
use kernels::measured::mean_and_error;
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};
use std::path::Path;

const PART: &str = "contamination";
/// How often the stories of a group are read.
const TIMES: [usize; 5] = [0, 1, 2, 4, 8];
/// Stories in a group.
const GROUP: usize = 20;
/// Texts that are read, all together.
const READ: usize = 400;

/// Stories of the default run's own text, read and held out, that are judged.
const OWN: usize = 100;

/// One model and what it gives away.
#[derive(Debug, Serialize, Deserialize)]
pub struct Run {
    /// Of the run that has read on; none for the default run itself.
    pub seed: Option<u64>,
    pub groups: Vec<Group>,
}

/// Stories that were read equally often.
#[derive(Debug, Serialize, Deserialize)]
pub struct Group {
    /// How often; of the default run, which draws its windows, on average.
    pub times: f64,
    /// Of each story the bits by which the model knows it better than the grammar.
    pub evidence: Vec<f64>,
}

/// Judges the default run's model, which lies in `folder`, on stories that it has read; then lets it
/// read on, three times.
pub fn measure(date: &str, folder: &Path) -> Result<()> {
    let lab = Lab::trained(folder)?;
    let mut ledger = Ledger::open(PART, date)?;
    let jobs: Vec<Option<u64>> = std::iter::once(None).chain(FEW.map(Some)).collect();
    ledger.fill(
        PART,
        &jobs,
        |run: &Run, seed| run.seed == *seed,
        |seed| match seed {
            None => own(&lab),
            Some(seed) => read_on(&lab, seed),
        },
    )
}

fn group(
    lab: &Lab<Gpt<LaptopBpe>>,
    model: &Gpt<LaptopBpe>,
    times: f64,
    stories: &[String],
) -> Result<Group> {
    let costs = lab.judge(model, stories)?;
    Ok(Group { times, evidence: costs.iter().map(|costs| evidence(costs)).collect() })
}

/// The default run and its own text.
fn own(lab: &Lab<Gpt<LaptopBpe>>) -> Result<Run> {
    let model = lab.beginning().context("this lab begins with a trained model")?;
    let text = Text::load(&Source::Stories)?;
    let [read, held_out] = [&text.train, &text.held_out]
        .map(|text| text.split_inclusive("\n\n").map(str::to_owned).collect::<Vec<String>>());
    let Settings { steps, batch, .. } = Settings::stories();
    // The first story is none that a window can begin with: no empty line stands before it.
    let times = (steps * batch) as f64 / (read.len() - 1) as f64;
    let groups = vec![group(lab, model, 0.0, &held_out[..OWN])?, group(lab, model, times, &read[1..=OWN])?];
    Ok(Run { seed: None, groups })
}

/// The model that has read on, and stories that were put into its text.
fn read_on(lab: &Lab<Gpt<LaptopBpe>>, seed: u64) -> Result<Run> {
    let suspects = Stream::Suspects(seed).stories(TIMES.len() * GROUP);
    let groups: Vec<&[String]> = suspects.chunks(GROUP).collect();
    let mut read: Vec<&String> = Vec::new();
    for (group, times) in groups.iter().zip(TIMES) {
        read.extend((0..times).flat_map(|_| group.iter()));
    }
    let clean = Stream::Clean(seed).stories(READ - read.len());
    read.extend(&clean);
    read.shuffle(&mut Stream::Order(seed).generator());
    let (model, _) = lab.read(&read, seed, READING_ON.rate);
    let groups = groups.iter().zip(TIMES).map(|(stories, times)| group(lab, &model, times as f64, stories));
    Ok(Run { seed: Some(seed), groups: groups.collect::<Result<_>>()? })
}

/// The careful accuser's stake on each story.
const STAKE: f64 = 0.5;
/// Whoever accuses must not be wrong more often.
const LEVEL: f64 = 0.001;

/// After how many stories the careful accuser has enough: he may stop when he has.
fn enough(evidence: &[f64]) -> Option<usize> {
    (1..=evidence.len()).find(|&stories| chance(hedged(&evidence[..stories], STAKE)) < LEVEL / 2.0)
}

/// The most bits that he has on the way, and after how many stories.
fn most(evidence: &[f64]) -> (f64, usize) {
    let after = |stories| (hedged(&evidence[..stories], STAKE), stories);
    (1..=evidence.len()).map(after).max_by(|a, b| a.0.total_cmp(&b.0)).expect("a group has stories")
}

/// Prints and draws what was measured.
pub fn report() -> Result<()> {
    let ledger = Ledger::<Run>::load(PART)?;
    println!("\nHas it seen the test? ({ledger})");
    println!(
        "bits of evidence: a story's on average, with its standard error; of all stories together; with a stake of {STAKE};"
    );
    println!(
        "a probability below {LEVEL} asks for {:.2}; z against stories that were not read",
        -LEVEL.log2()
    );
    println!(
        "(each of both tries together for {:.2}); after how many stories the second is enough",
        -(LEVEL / 2.0).log2()
    );
    let mut chart =
        Chart::new("What a model gives away", "times that a story was read", "bits of evidence a story");
    for run in ledger.runs() {
        let who = run.seed.map_or("the default run".to_owned(), |seed| format!("read on, seed {seed}"));
        let unread = &run.groups[0].evidence;
        for Group { times, evidence } in &run.groups {
            let sum: f64 = evidence.iter().sum();
            let (mean, error) = mean_and_error(evidence);
            let careful = hedged(evidence, STAKE);
            let verdict = enough(evidence).map_or_else(
                || format!("at most {:+.1}, after {}", most(evidence).0, most(evidence).1),
                |stories| format!("proven after {stories}"),
            );
            let z = z_score(evidence, unread);
            let label = format!("{who}, {times:.1} times, {} stories:", evidence.len());
            println!(
                "  {label:<44}{mean:+7.2} ± {error:.2}  {sum:+9.1}  {careful:+8.1}  z {z:+6.1}  {verdict}"
            );
        }
        if run.seed.is_some() {
            let points = run.groups.iter().map(|group| (group.times, mean_and_error(&group.evidence).0));
            chart = chart.line(&who, points);
        }
    }
    let chart = chart.dashes("the grammar itself", [(0.0, 0.0), (TIMES[TIMES.len() - 1] as f64, 0.0)]);
    Ok(save(CHAPTER, "evidence", &chart.draw()?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_of_each_run_what_was_proven() {
        let ledger = Ledger::<Run>::load(PART).unwrap();
        let proven = |evidence: f64| chance(evidence) < LEVEL / 2.0;
        for run in ledger.runs() {
            let all_in: Vec<bool> =
                run.groups.iter().map(|group| proven(group.evidence.iter().sum())).collect();
            let careful: Vec<bool> =
                run.groups.iter().map(|group| proven(hedged(&group.evidence, STAKE))).collect();
            if run.seed.is_some() {
                assert_eq!(all_in, [false, false, true, true, true]);
                assert_eq!(careful, [false, true, true, true, true]);
            } else {
                assert!(!all_in.contains(&true) && !careful.contains(&true));
            }
        }
    }

    #[test]
    fn the_page_says_after_how_many_stories_it_is_proven() {
        let ledger = Ledger::<Run>::load(PART).unwrap();
        let after: Vec<Vec<Option<usize>>> = ledger
            .runs()
            .filter(|run| run.seed.is_some())
            .map(|run| run.groups.iter().map(|group| enough(&group.evidence)).collect())
            .collect();
        let expected = [[7, 3, 1, 1], [13, 4, 2, 1], [20, 4, 1, 1]];
        for (after, expected) in after.iter().zip(expected) {
            assert_eq!(after[0], None, "nobody is accused of what was not read");
            assert_eq!(after[1..], expected.map(Some));
        }
    }

    #[test]
    fn the_default_run_is_not_proven_guilty_at_any_time() {
        let ledger = Ledger::<Run>::load(PART).unwrap();
        let own = ledger.runs().find(|run| run.seed.is_none()).unwrap();
        let (bits, after) = most(&own.groups[1].evidence);
        assert!(bits < -LEVEL.log2() && after == 22, "{bits} after {after}");
        // Nor with a careful accuser of another stake.
        for stake in [0.1, 0.2, 0.3] {
            let on_the_way = (1..=OWN).map(|n| hedged(&own.groups[1].evidence[..n], stake));
            assert!(on_the_way.fold(0.0, f64::max) < -LEVEL.log2(), "{stake}");
        }
    }

    #[test]
    fn against_unread_stories_even_the_default_run_gives_itself_away() {
        let ledger = Ledger::<Run>::load(PART).unwrap();
        assert_eq!(ledger.runs().count(), 1 + FEW.len());
        for run in ledger.runs() {
            for group in &run.groups[1..] {
                assert!(z_score(&group.evidence, &run.groups[0].evidence) > 4.0);
            }
        }
    }
}
