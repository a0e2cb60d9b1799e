//! The experiment of chapter 14: `cargo run --release -p generation` draws what was measured;
//! `cargo run --release -p generation -- measure DATE FOLDER` measures it anew, with the model in
//! the folder, and writes `measured.json`; `measure-at-once` in the place of `measure` only how fast
//! stories are written side by side.

mod experiment;

use anyhow::{Result, bail};
use experiment::measure::{self, CUTS_AT, PENALTIES_AT};
use experiment::record::{AtOnce, Length, Race, Search, Study, Way};
use figures::{Chart, save};
use kernels::measured::median;

const CHAPTER: &str = "generation";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(&Study::load()?),
        ["measure", date, folder] => measure::measure(date, folder.as_ref())?.save(),
        ["measure-at-once", date, folder] => measure::measure_at_once(date, folder.as_ref())?.save(),
        _ => bail!(
            "say nothing, or `measure` or `measure-at-once`, today's date and the folder of the default run of mini-gpt"
        ),
    }
}

fn report(study: &Study) -> Result<()> {
    println!("{}, {}", study.processor, study.date);
    quality(study)?;
    beams(&study.beams);
    lengths(&study.lengths)?;
    if let Some(measured) = &study.at_once {
        at_once(measured);
    }
    let (beginning, lines) = &study.explained;
    println!("\n{beginning} …");
    for line in lines {
        println!("{line}");
    }
    Ok(())
}

fn quality(study: &Study) -> Result<()> {
    println!(
        "\n{} stories each (cuts at temperature {CUTS_AT}, penalties at {PENALTIES_AT}): the share told as the\n\
         grammar tells them, and of runs of four words that are different",
        study.stories
    );
    let mut chart = Chart::new(
        "Stories that hold together, and how different they are",
        "different runs of four words",
        "share told",
    );
    let mut families: Vec<&str> = study.ways.iter().map(|way| way.family.as_str()).collect();
    families.dedup();
    for family in families {
        let of: Vec<&Way> = study.ways.iter().filter(|way| way.family == family).collect();
        for Way { value, told, variety, .. } in &of {
            println!("  {family:<19}{value:>5}{told:>8.2}{variety:>8.3}");
        }
        let points = of.iter().map(|way| (way.variety, way.told));
        chart = if of.len() > 2 { chart.line(family, points) } else { chart.scatter(family, points) };
        if family == "temperature" {
            for way in of.iter().filter(|way| [0.2, 0.5, 0.8, 1.0, 1.2].contains(&way.value)) {
                chart = chart.note(way.variety, way.told, &way.value.to_string());
            }
        }
    }
    Ok(save(CHAPTER, "quality", &chart.y_range(0.0, 1.05).draw()?)?)
}

fn beams(searches: &[Search]) {
    println!("\nthe likeliest story that a beam finds");
    for Search { width, bits, told, .. } in searches {
        let told = if *told { "told as the grammar tells" } else { "not of the grammar" };
        println!("  {width} side by side: {bits:5.1} bits, {told}");
    }
    if let Some(widest) = searches.last() {
        println!("\n{}", textwrap::fill(widest.text.trim_end(), 90));
    }
}

fn lengths(lengths: &[Length]) -> Result<()> {
    println!("\nmilliseconds a token by the length of the text; the context is 320");
    println!("{:>8}{:>12}{:>10}", "tokens", "with cache", "without");
    for Length { tokens, with_cache, without } in lengths.iter().step_by(4) {
        println!("{tokens:>8}{with_cache:>12.2}{without:>10.2}");
    }
    let of = |f: fn(&Length) -> f64| lengths.iter().map(move |length| (length.tokens as f64, f(length)));
    let chart = Chart::new("Time for a token", "tokens so far", "milliseconds")
        .line("everything anew", of(|length| length.without))
        .line("with the cache", of(|length| length.with_cache));
    Ok(save(CHAPTER, "lengths", &chart.draw()?)?)
}

fn at_once(AtOnce { processor, date, races }: &AtOnce) {
    println!("\nmicroseconds a token, one story after another on each thread and stories side by side, in");
    println!("turn (medians, in brackets the least and the most; {processor}, {date})");
    println!("{:>8}{:>8}{:>19}{:>19}{:>8}", "threads", "stories", "one by one", "side by side", "times");
    for Race { threads, stories, alone, side_by_side, .. } in races {
        let each = |times: &[f64]| {
            let (least, most) = times.iter().fold((f64::INFINITY, 0.0), |(a, b), t| (t.min(a), t.max(b)));
            format!("{:.0} ({least:.0}–{most:.0})", median(times))
        };
        let times = median(alone) / median(side_by_side);
        println!("{threads:>8}{stories:>8}{:>19}{:>19}{times:>8.1}", each(alone), each(side_by_side));
    }
}
