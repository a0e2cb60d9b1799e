//! The experiment of chapter 12: `cargo run --release -p kernels` draws what was measured;
//! `cargo run --release -p kernels -- measure DATE` measures it anew on this machine and writes
//! `measured.json`.

mod experiment;

use anyhow::{Result, bail};
use experiment::measure::measure;
use experiment::record::{Machine, Part, Record, Share, Size, Step, comparison};
use figures::{Bars, Chart, save};
use kernels::measured::Table;

const CHAPTER: &str = "kernels";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(&Record::load()?),
        ["measure", date] => measure(date).save(),
        _ => bail!("say nothing, or `measure` and today's date"),
    }
}

fn report(record: &Record) -> Result<()> {
    let Record { machine, profile, parts, steps, sizes } = record;
    println!("{}, {} cores, {}", machine.processor, machine.cores, machine.date);
    println!(
        "matrix product: {:.0} GFLOP/s on one thread, {:.0} on all",
        machine.peak, machine.peak_of_all
    );
    println!("copying: {:.0} GB/s from memory, {:.0} from the cache", machine.memory, machine.cache);
    profile_of(profile, steps)?;
    roofline(machine, parts)?;
    waterfall(steps)?;
    let operations = sizes.iter().find(|size| size.what == "width" && size.value == 128);
    if let (Some(size), Some(last)) = (operations, steps.last()) {
        let floor = size.operations / machine.peak_of_all / 1e6;
        let share = 100.0 * floor / last.milliseconds;
        println!("its products alone at the peak of all threads: {floor:.1} ms, {share:.0} % of that time");
    }
    scaling(machine, sizes)?;
    for Table { machine, name, step, threads, rounds, rows } in comparison()? {
        println!("\n{machine}: {threads} threads, {rounds} rounds\n{name}");
        println!("{:<23}{step:>14}{:>14}{:>10}{:>7}", "", "all threads", "memory", "time");
        for row in rows {
            println!(
                "{:<23}{:>11.2} ms{:>11.2} ms{:>6.0} MiB{:>7.2}",
                row.name, row.milliseconds, row.cpu_milliseconds, row.peak_mib, row.ratio,
            );
        }
    }
    println!("time: the first row's as a share of this row's, the median of the rounds");
    Ok(())
}

fn profile_of(profile: &[Share], steps: &[Step]) -> Result<()> {
    let whole = steps[0].milliseconds;
    println!("\nwhere a composite step's {whole:.0} ms go");
    let mut figure = Bars::new("A training step of composites, in milliseconds");
    let rest = whole - profile.iter().map(|share| share.milliseconds).sum::<f64>();
    let rest = Share { name: "everything else".to_owned(), milliseconds: rest.max(0.0) };
    for Share { name, milliseconds } in profile.iter().chain([&rest]) {
        println!("  {name:<38} {milliseconds:6.1} ms  {:3.0} %", 100.0 * milliseconds / whole);
        figure = figure.bar(name, *milliseconds, &format!("{milliseconds:.1}"), 0);
    }
    Ok(save(CHAPTER, "profile", &figure.draw()?)?)
}

// ANCHOR: roof
/// What a machine can reach at an intensity (operations for each byte), in GFLOP/s: the product's
/// peak, or what memory lets through.
fn roof(machine: &Machine, bandwidth: f64, intensity: f64) -> f64 {
    machine.peak.min(bandwidth * intensity)
}
// ANCHOR_END: roof

fn roofline(machine: &Machine, parts: &[Part]) -> Result<()> {
    println!("\non one thread, forward and backward");
    println!(
        "{:<15}{:>11}{:>9}{:>8}{:>12}{:>8}",
        "", "composite", "kernel", "ratio", "operations", "speed"
    );
    println!("{:<15}{:>11}{:>9}{:>8}{:>12}{:>8}", "", "ms", "ms", "", "a byte", "GFLOP/s");
    let intensity = |part: &Part| part.operations / part.bytes;
    let points = |time: fn(&Part) -> f64| {
        parts.iter().map(move |part| (intensity(part), part.operations / time(part) / 1e6))
    };
    let line = |bandwidth: f64| {
        (-4..=24)
            .map(move |i| 10.0_f64.powf(f64::from(i) / 8.0))
            .map(move |x| (x, roof(machine, bandwidth, x)))
    };
    let mut chart = Chart::new("The roofline of one thread", "operations for each byte", "GFLOP/s")
        .line("roof, from the cache", line(machine.cache))
        .dashes("roof, from memory", line(machine.memory))
        .scatter("kernels", points(|part| part.kernel))
        .scatter("composites", points(|part| part.composite));
    for part in parts {
        let speed = part.operations / part.kernel / 1e6;
        println!(
            "{:<15}{:>11.2}{:>9.2}{:>8.1}{:>12.1}{speed:>8.0}",
            part.name,
            part.composite,
            part.kernel,
            part.composite / part.kernel,
            intensity(part),
        );
        chart = chart.note(intensity(part), speed, &part.name);
    }
    Ok(save(CHAPTER, "roofline", &chart.log_x().log_y().y_range(-0.3, 2.7).draw()?)?)
}

fn waterfall(steps: &[Step]) -> Result<()> {
    println!("\na training step, 12 windows of 64 tokens");
    let mut figure = Bars::new("A training step, in milliseconds");
    let mut before: Option<f64> = None;
    for Step { name, milliseconds } in steps {
        println!("  {name:<38} {milliseconds:6.1} ms");
        figure = match before {
            None => figure.bar(name, *milliseconds, &format!("{milliseconds:.0}"), 0),
            Some(before) => {
                let words = format!("−{:.1}", before - milliseconds);
                figure.between(&format!("+ {name}"), *milliseconds, before, &words, 2)
            }
        };
        before = Some(*milliseconds);
    }
    if let Some(last) = before {
        let first = steps[0].milliseconds;
        println!("  {:.1} times as fast", first / last);
        figure = figure.bar("all together", last, &format!("{last:.1}"), 0);
    }
    Ok(save(CHAPTER, "waterfall", &figure.draw()?)?)
}

fn scaling(machine: &Machine, sizes: &[Size]) -> Result<()> {
    println!("\nall kernels, every size but one as above");
    println!("{:<9}{:>6}{:>9}{:>13}{:>16}{:>9}", "", "", "ms", "µs a token", "MFLOP a token", "GFLOP/s");
    let mut chart = Chart::new("Speed against size", "doublings of the size", "GFLOP/s");
    let mut names: Vec<&str> = sizes.iter().map(|size| size.what.as_str()).collect();
    names.dedup();
    for name in names {
        let of: Vec<&Size> = sizes.iter().filter(|size| size.what == name).collect();
        let speed = |size: &Size| size.operations / size.milliseconds / 1e6;
        for size in &of {
            let tokens = size.tokens as f64;
            println!(
                "{name:<9}{:>6}{:>9.1}{:>13.1}{:>16.2}{:>9.0}",
                size.value,
                size.milliseconds,
                1000.0 * size.milliseconds / tokens,
                size.operations / tokens / 1e6,
                speed(size),
            );
        }
        if name != "threads" {
            let first = of[0].value as f64;
            chart =
                chart.line(name, of.iter().map(|size| ((size.value as f64 / first).log2(), speed(size))));
        }
    }
    let chart =
        chart.dashes("the peak of a product", [(0.0, machine.peak_of_all), (6.0, machine.peak_of_all)]);
    Ok(save(CHAPTER, "scaling", &chart.y_range(0.0, 1.1 * machine.peak_of_all).draw()?)?)
}
