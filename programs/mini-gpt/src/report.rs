//! What a run says: a live bar on a terminal, plain lines in a pipe, and JSON lines on standard
//! output when asked for.

use gpt::run::Record;
use gpt::train::Event;
use indicatif::{ProgressBar, ProgressStyle};
use mini_gpt::Error;
use mini_gpt::program::{note, say};
use serde_json::json;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Seconds between plain progress lines.
const PLAIN_EVERY: Duration = Duration::from_secs(10);

/// Tells how a run goes.
#[derive(Debug)]
pub struct Report {
    json: bool,
    bar: Option<ProgressBar>,
    steps: usize,
    tokens_a_step: usize,
    /// Training time and steps since the last line, without evaluations.
    busy: (Duration, usize),
    speed: f64,
    last: Option<Record>,
    spoken: Instant,
}

impl Report {
    /// A report that prints JSON lines if `json` is set.
    pub fn new(json: bool, tokens_a_step: usize) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| ProgressBar::new(0));
        Self {
            json,
            bar,
            steps: 0,
            tokens_a_step,
            busy: (Duration::ZERO, 0),
            speed: 0.0,
            last: None,
            spoken: Instant::now(),
        }
    }

    /// Tells what happened.
    ///
    /// # Errors
    /// When a line that was asked for cannot be written.
    pub fn tell(&mut self, event: Event<'_>) -> Result<(), Error> {
        match event {
            Event::Begun { step, steps } => {
                self.begin(step, steps);
                Ok(())
            }
            Event::Step { step, loss, took } => self.step(step, loss, took),
            Event::Evaluated { history } => history.last().map_or(Ok(()), |last| self.evaluation(last)),
        }
    }

    fn begin(&mut self, step: usize, steps: usize) {
        self.steps = steps;
        if let Some(bar) = &self.bar {
            bar.set_length(steps as u64);
            bar.set_position(step as u64);
            bar.reset_eta();
            let style = "{bar:24} step {pos}/{len}  {msg}  {eta} left";
            bar.set_style(ProgressStyle::with_template(style).expect("the template is well formed"));
        }
    }

    /// A JSON line. Training goes on when nobody reads it: the result is the checkpoint.
    fn line(&mut self, line: &serde_json::Value) -> Result<(), Error> {
        match say(format_args!("{line}")) {
            Err(error) if error.exit_code() == 0 => {
                self.json = false;
                Ok(())
            }
            told => told,
        }
    }

    fn step(&mut self, step: usize, loss: f64, took: Duration) -> Result<(), Error> {
        self.busy = (self.busy.0 + took, self.busy.1 + 1);
        // A mean over at least half a second, so that the figure can be read.
        if self.busy.0.as_secs_f64() > 0.5 || self.speed == 0.0 {
            self.speed = (self.busy.1 * self.tokens_a_step) as f64 / self.busy.0.as_secs_f64();
            self.busy = (Duration::ZERO, 0);
        }
        if self.json {
            let speed = self.speed.round();
            let line =
                json!({"event": "step", "step": step, "train_loss": loss, "tokens_per_second": speed});
            self.line(&line)?;
        }
        let exam = self.last.map_or(String::new(), |record| format!("  {}", describe(&record)));
        let message = format!("loss {loss:.3}{exam}  {:.0} tokens/s", self.speed);
        if let Some(bar) = &self.bar {
            bar.set_position(step as u64);
            bar.set_message(message);
        } else if self.spoken.elapsed() > PLAIN_EVERY {
            self.spoken = Instant::now();
            let left = (self.steps - step) as f64 * self.tokens_a_step as f64 / self.speed;
            note(format_args!("step {step}/{}  {message}  {left:.0} s left", self.steps));
        }
        Ok(())
    }

    fn evaluation(&mut self, record: &Record) -> Result<(), Error> {
        self.last = Some(*record);
        if self.json {
            let mut line = json!({"event": "eval"});
            let fields = serde_json::to_value(record).expect("a record of numbers is JSON");
            if let (Some(line), Some(fields)) = (line.as_object_mut(), fields.as_object()) {
                line.extend(fields.clone());
            }
            self.line(&line)?;
        }
        let line = format!(
            "step {}/{}  training loss {:.3}  {}",
            record.step,
            self.steps,
            record.train_loss,
            describe(record)
        );
        match &self.bar {
            Some(bar) => bar.println(line),
            None => note(format_args!("{line}")),
        }
        Ok(())
    }

    /// Takes the bar away and says where the run ended.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn done(&mut self, record: &Record, checkpoint: &std::path::Path) -> Result<(), Error> {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if self.json {
            // JSON is Unicode; the name of a file need not be.
            let checkpoint = checkpoint.to_string_lossy();
            self.line(
                &json!({"event": "done", "step": record.step, "val_loss": record.val_loss,
                    "bits_per_char": record.bits_per_char, "floor_bits_per_char": record.floor_bits_per_char,
                    "checkpoint": checkpoint}),
            )?;
        }
        Ok(())
    }

    /// A line for people, where it does not mix with JSON.
    pub fn say(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| note(format_args!("{line}"))),
            None => note(format_args!("{line}")),
        }
    }
}

/// `held-out loss 0.210 nats, 0.303 bits/char (0.211 above the floor of 0.092)`.
fn describe(record: &Record) -> String {
    let Record { val_loss, bits_per_char, .. } = record;
    let floor = record.floor_bits_per_char.map_or(String::new(), |floor| {
        format!(" ({:.3} above the floor of {floor:.3})", bits_per_char - floor)
    });
    format!("held-out loss {val_loss:.3} nats, {bits_per_char:.3} bits/char{floor}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_evaluation_is_told_with_its_distance_to_the_floor_where_one_is_known() {
        let record = Record {
            step: 7,
            train_loss: 0.5,
            val_loss: 0.25,
            bits_per_char: 0.3612,
            floor_bits_per_char: Some(0.0925),
        };
        assert_eq!(
            describe(&record),
            "held-out loss 0.250 nats, 0.361 bits/char (0.269 above the floor of 0.092)"
        );
        let unknown = Record { floor_bits_per_char: None, ..record };
        assert_eq!(describe(&unknown), "held-out loss 0.250 nats, 0.361 bits/char");
    }

    #[test]
    fn the_speed_is_a_mean_over_the_time_of_training_alone() {
        let mut report = Report { bar: None, ..Report::new(false, 100) };
        report.begin(0, 10);
        // The first step gives a figure at once; the next waits until half a second is together.
        report.step(1, 5.0, Duration::from_millis(100)).unwrap();
        assert!((report.speed - 1000.0).abs() < 1e-9);
        report.step(2, 5.0, Duration::from_millis(300)).unwrap();
        assert!((report.speed - 1000.0).abs() < 1e-9);
        report.step(3, 5.0, Duration::from_millis(700)).unwrap();
        assert!((report.speed - 200.0).abs() < 1e-9, "200 tokens in a second, not {}", report.speed);
    }
}
