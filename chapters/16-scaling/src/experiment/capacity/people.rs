//! The loss in facts by the number of stories: what was predicted, and what was measured.

use super::plan::{DOCUMENTS, EXPONENTS, FITTED, people};
use super::record::{Lost, People, Run, chosen, list, tried};
use super::runs::{PEOPLE, WORLD};
use crate::experiment::CHAPTER;
use anyhow::Result;
use figures::{Chart, save};
use kernels::measured::median;
use language_models::story::Dials;
use scaling::capacity::beginnings::Beginnings;
use scaling::capacity::slopes::{chances, exponent, fit, slope, unlearned};

/// Thresholds to choose from: sixteenths of doublings from 1 to 1024.
fn thresholds() -> impl Iterator<Item = f64> {
    (0..=160).map(|i| 2_f64.powf(f64::from(i) / 16.0))
}

/// The loss of each seed, and what was predicted of it.
struct Point {
    documents: f64,
    losses: Vec<f64>,
    /// What is predicted by the one threshold that was fitted at all numbers of beginnings …
    by_one: f64,
    /// … and by the one that was fitted at this number alone.
    by_own: f64,
    /// After how many exposures half of a person's facts are known.
    half_known: Option<f64>,
}

impl Point {
    fn loss(&self) -> f64 {
        median(&self.losses)
    }
}

/// What was found, beside what is predicted of it.
struct Study<'a> {
    runs: &'a [Run<People, Lost>],
    /// Of a person's facts.
    bits: f64,
    /// Fitted at [`FITTED`]: one for all numbers of beginnings, and one for each.
    threshold: f64,
    thresholds: [f64; DOCUMENTS.len()],
}

impl<'a> Study<'a> {
    fn of(runs: &'a [Run<People, Lost>]) -> Result<Self> {
        let bits = Beginnings::new(Dials { people: WORLD, ..Dials::default() })?.fact_bits();
        let chances = chances(WORLD, FITTED);
        let share = |documents| {
            let losses: Vec<f64> = found(runs, FITTED, documents).iter().map(|one| one.bits).collect();
            (documents as f64, median(&losses) / bits)
        };
        let fitted = |shares: &[(f64, f64)]| fit(&chances, shares, thresholds());
        let shares = DOCUMENTS.map(share);
        Ok(Self {
            runs,
            bits,
            threshold: fitted(&shares),
            thresholds: shares.map(|share| fitted(&[share])),
        })
    }

    /// One point for each number of beginnings.
    fn points(&self, s: f64) -> Vec<Point> {
        let chances = chances(WORLD, s);
        let point = |(documents, threshold): (usize, f64)| {
            let (found, documents) = (found(self.runs, s, documents), documents as f64);
            let predict = |threshold| self.bits * unlearned(&chances, documents, threshold);
            Point {
                documents,
                losses: found.iter().map(|one| one.bits).collect(),
                by_one: predict(self.threshold),
                by_own: predict(threshold),
                half_known: half_known(&by_exposures(&found), self.bits),
            }
        };
        DOCUMENTS.into_iter().zip(self.thresholds).map(point).collect()
    }
}

/// The runs of all seeds, at the rate that is best for the setting.
fn found(runs: &[Run<People, Lost>], s: f64, documents: usize) -> Vec<&Lost> {
    chosen(runs, &people(s, documents), &people(s, documents))
}

/// Prints and draws it.
pub fn report(runs: &[Run<People, Lost>]) -> Result<()> {
    let study = Study::of(runs)?;
    let Study { bits, threshold, .. } = study;
    println!("{WORLD} people, {bits:.2} bits of facts each; {} parameters", PEOPLE.total());
    println!("learned after {threshold:.1} beginnings, fitted at s = {FITTED} for all numbers of them");
    for (documents, threshold) in DOCUMENTS.into_iter().zip(study.thresholds) {
        let rates = rates(runs, &people(FITTED, documents));
        let costs = by_exposures(&found(runs, FITTED, documents));
        let seldom = costs.iter().find(|(told, _)| *told >= 1.0).expect("somebody is told about");
        println!(
            "  fitted at {documents} alone: {threshold:.1}; learning rate {rates}; \
             people told about {:.1} times cost {:.1} bits",
            seldom.0, seldom.1
        );
    }
    let mut chart = Chart::new("Loss in facts", "beginnings read", "bits of a beginning's facts");
    let mut dots = Vec::new();
    for s in EXPONENTS {
        let points = study.points(s);
        for point in &points {
            let Point { documents, losses, by_one, by_own, half_known } = point;
            let off = |predicted: f64| 100.0 * (point.loss() / predicted - 1.0);
            println!(
                "  s = {s} after {documents} beginnings: {} median {:.2} bits, \
                 predicted {by_one:.2}, {:+.0} %; by a threshold for each {by_own:.2}, {:+.0} %; \
                 half known after {}",
                list(losses),
                point.loss(),
                off(*by_one),
                off(*by_own),
                half_known.map_or("more".to_owned(), |exposures| format!("{exposures:.0}")),
            );
            dots.extend(losses.iter().map(|loss| (*documents, *loss)));
        }
        let line =
            |of: fn(&Point) -> f64| points.iter().map(|point| (point.documents, of(point))).collect();
        let (measured, predicted): (Vec<_>, Vec<_>) = (line(Point::loss), line(|point| point.by_one));
        println!(
            "  s = {s} exponent: measured {:.2}, predicted {:.2}, without an end {:.2}",
            slope(&measured),
            slope(&predicted),
            exponent(s)
        );
        let chances = chances(WORLD, s);
        let curve = quarters(DOCUMENTS)
            .map(|documents| (documents, bits * unlearned(&chances, documents, threshold)));
        let label = if s == FITTED { "predicted" } else { "" };
        chart = chart.line(&format!("s = {s}"), measured).dashes(label, curve);
    }
    save(CHAPTER, "slopes", &chart.scatter("each seed", dots).log_x().log_y().draw()?)?;
    known(&study)
}

/// What a person's facts cost by how often the person was told about, after few beginnings and after
/// many.
fn known(study: &Study) -> Result<()> {
    let mut chart =
        Chart::new("When is a person known?", "beginnings about a person", "bits of the person's facts");
    for documents in [DOCUMENTS[0], DOCUMENTS[2], DOCUMENTS[4]] {
        let costs = by_exposures(&found(study.runs, FITTED, documents));
        chart = chart.line(&format!("of {documents}"), costs.into_iter().filter(|(x, _)| *x >= 0.5));
    }
    let chart = chart.dashes("the bits of the facts", [(0.5, study.bits), (1000.0, study.bits)]);
    Ok(save(CHAPTER, "known", &chart.log_x().x_range(-0.31, 3.0).y_range(0.0, 32.0).draw()?)?)
}

/// From the first to the last of some numbers in quarters of doublings.
fn quarters<const N: usize>(numbers: [usize; N]) -> impl Iterator<Item = f64> {
    let (first, last) = (numbers[0] as f64, numbers[N - 1] as f64);
    (0..).map(move |i| first * 2_f64.powf(f64::from(i) / 4.0)).take_while(move |x| *x <= last * 1.001)
}

/// After how many exposures a person's facts cost half their bits: between two doublings on a straight
/// line over the logarithm. None if they never do.
fn half_known(costs: &[(f64, f64)], bits: f64) -> Option<f64> {
    let below = costs.iter().position(|(_, cost)| *cost < bits / 2.0)?;
    let ((x0, y0), (x1, y1)) = (costs[below.checked_sub(1)?], costs[below]);
    Some(x0 * (x1 / x0).powf((y0 - bits / 2.0) / (y0 - y1)))
}

/// What a person's facts cost by how often the person was told about: the mean over the seeds.
fn by_exposures(found: &[&Lost]) -> Vec<(f64, f64)> {
    let octaves = found.first().map_or(0, |one| one.by_exposures.len());
    let mean = |octave: usize, of: fn(&(f64, f64, usize)) -> f64| {
        found.iter().map(|one| of(&one.by_exposures[octave])).sum::<f64>() / found.len() as f64
    };
    (0..octaves).map(|octave| (mean(octave, |one| one.0), mean(octave, |one| one.1))).collect()
}

/// The rates that were tried and the bits that facts then cost.
fn rates(runs: &[Run<People, Lost>], of: &People) -> String {
    let bits = |(rate, found): (f64, &Lost)| format!("{rate}: {:.2}", found.bits);
    tried(runs, of).into_iter().map(bits).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::record::{Kept, Slopes};
    use super::*;

    #[test]
    fn half_known_is_where_the_line_crosses_the_half() {
        // From 12 bits at 4 exposures to 4 bits at 16: 8 bits half way in doublings, at 8.
        let costs = [(1.0, 16.0), (4.0, 12.0), (16.0, 4.0), (64.0, 9.0)];
        assert!((half_known(&costs, 16.0).unwrap() - 8.0).abs() < 1e-12);
        assert_eq!(half_known(&costs[..2], 16.0), None);
    }

    #[test]
    fn the_page_says_where_the_prediction_holds() {
        let slopes = Slopes::load().unwrap();
        let study = Study::of(&slopes.people).unwrap();
        let mut rising = Vec::new();
        for s in EXPONENTS {
            let points = study.points(s);
            let line = |of: fn(&Point) -> f64| -> Vec<(f64, f64)> {
                points.iter().map(|point| (point.documents, of(point))).collect()
            };
            let too_steep = slope(&line(Point::loss)) - slope(&line(|point| point.by_one));
            rising.push(slope(&line(Point::loss)));
            // Steeper than was said: by little where use is flat, and by much where it is steep …
            let said = if s == 2.2 { 0.15..0.25 } else { 0.0..0.06 };
            assert!(said.contains(&too_steep), "{s}: {too_steep}");
            // … since there people are known after fewer tellings where more is read.
            let half: Vec<f64> = points.iter().filter_map(|point| point.half_known).collect();
            let falls = half[4] / half[0];
            assert!(half.len() == 5 && if s == 2.2 { falls < 0.5 } else { falls > 0.55 }, "{s}: {half:?}");
            // At s = 1.3 all lie above, by a threshold for each number of beginnings as well.
            assert!(s != 1.3 || points.iter().all(|point| point.loss() > 1.1 * point.by_own));
        }
        assert!(
            rising.windows(2).all(|pair| pair[0] < pair[1]),
            "the flatter the use, the slower: {rising:?}"
        );
        // The threshold falls at first, and then it stays.
        let [first, .., before, last] = study.thresholds;
        assert!(first > 1.25 * last && (before / last - 1.0).abs() < 0.1, "{:?}", study.thresholds);
    }
}
