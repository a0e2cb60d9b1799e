//! The memory of a pipeline does not depend on how much it reads, nor on how long the lines are.

use data_quality::document::{Documents, Format, ReadError};
use data_quality::near::Bands;
use data_quality::pipeline::{Pipeline, Settings};
use data_quality::rules::Rules;
use language_models::story::tell;
use peak_alloc::PeakAlloc;
use rand_chacha::ChaCha8Rng;
use std::io::{BufReader, Read};
use std::sync::Mutex;
use tensors::seeds;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Memory is counted for the whole process: one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// JSON lines that are made up while they are read: no file, and no list of texts.
struct Stories {
    rng: ChaCha8Rng,
    left: usize,
    line: Vec<u8>,
}

impl Read for Stories {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.line.is_empty() && self.left > 0 {
            self.left -= 1;
            let text = tell(&mut self.rng).replace('"', "\\\"").replace('\n', "\\n");
            self.line = format!("{{\"text\": \"{text}\"}}\n").into_bytes();
        }
        let n = self.line.len().min(buffer.len());
        buffer[..n].copy_from_slice(&self.line[..n]);
        self.line.drain(..n);
        Ok(n)
    }
}

/// Bytes at most in use while so many stories went through, beyond what was in use before, and how many
/// were kept.
fn peak(stories: usize) -> (usize, u64) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let settings = Settings { rules: Some(Rules::default()), ..Settings::default() };
    let mut pipeline = Pipeline::new(settings, Bands::FINEWEB, 10_000, 1);
    let reader = Stories { rng: seeds::generator(1), left: stories, line: Vec::new() };
    for document in Documents::new(BufReader::new(reader), Format::JsonLines, 100_000) {
        pipeline.take(document).unwrap();
    }
    (MEMORY.peak_usage() - before, pipeline.report().kept)
}

#[test]
fn ten_times_the_text_takes_the_same_memory() {
    let _alone = ALONE.lock().unwrap();
    let ((few, kept), (many, more)) = (peak(300), peak(3000));
    assert!(kept > 250 && more > 2500, "{kept} and {more} were kept");
    // 3,000 stories are 3.5 MB. A longer story than any before may cost a few kilobytes.
    assert!(many < few + 50_000, "{few} bytes for 300 stories, {many} for 3000");
}

#[test]
fn a_line_of_a_hundred_megabytes_is_skipped_without_being_stored() {
    let _alone = ALONE.lock().unwrap();
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let long = std::io::repeat(b'a').take(100_000_000);
    let file = BufReader::new(long.chain(&b"\n{\"text\": \"after it\"}\n"[..]));
    let seen: Vec<Result<String, ReadError>> = Documents::new(file, Format::JsonLines, 1_000_000).collect();
    assert_eq!(
        seen[0].as_ref().unwrap_err().to_string(),
        "line 1: longer than the longest document that is allowed"
    );
    assert_eq!(seen[1].as_ref().unwrap(), "after it");
    assert_eq!(seen.len(), 2);
    let peak = MEMORY.peak_usage() - before;
    // A vector that grows has at times twice its size and half of it again.
    assert!(peak < 4_000_000, "{peak} bytes");
}
