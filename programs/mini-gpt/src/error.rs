//! What can go wrong, and what to do about it.

use std::io::ErrorKind;
use std::path::PathBuf;
use thiserror::Error;

/// An error with one line for the person at the terminal.
#[derive(Debug, Error)]
#[allow(missing_docs)] // the messages say what the fields are
pub enum Error {
    #[error(
        "{what} has {tokens} tokens, but to judge a model takes two, one to read and one to predict: give more text, or all of it with --split all"
    )]
    NothingToJudge { what: String, tokens: usize },
    #[error("{} already holds a run: add --resume to go on with it, or choose another --out", path.display())]
    Exists { path: PathBuf },
    #[error("{} is a file, and a run is kept in a folder: choose another --out", path.display())]
    NotAFolder { path: PathBuf },
    #[error(
        "--{name} {given} differs from the run's {stored}: leave it out to resume, or start anew with another --out"
    )]
    Resume { name: &'static str, given: String, stored: String },
    #[error(
        "the text is not the one that this run was trained on: give the same --corpus, or start anew with another --out"
    )]
    OtherCorpus,
    #[error(
        "the examples, the model or the adapters are not those that this run was trained with: give the same ones, or start anew with another --out"
    )]
    OtherExamples,
    #[error(
        "the model, the rewards or the preferences are not those that this run began with: give the same ones, or start anew with another --out"
    )]
    OtherLesson,
    #[error("the preferences of {from}: {reason}")]
    Preferences { from: String, reason: String },
    #[error("the examples of {from}: {reason}")]
    Examples { from: String, reason: String },
    #[error("--steps {steps} is less than the {done} that the run has done: give more, or leave it out")]
    FewerSteps { steps: usize, done: usize },
    #[error("interrupted at step {step}: go on with --resume --out {}", path.display())]
    Interrupted { step: usize, path: PathBuf },
    #[error("{}", several(*.processes, *.can_train))]
    Processes { processes: usize, can_train: bool },
    /// Another of the processes says what is wrong.
    #[error("")]
    Elsewhere,
    #[error("cannot write the result: {0}")]
    Output(std::io::Error),
    #[error(transparent)]
    Plot(#[from] figures::PlotError),
    #[error(transparent)]
    Gpt(#[from] gpt::Error),
    #[error(transparent)]
    Adaptation(adaptation::Error),
}

impl From<adaptation::Error> for Error {
    /// An error of a run is the same, whoever was training.
    fn from(error: adaptation::Error) -> Self {
        match error {
            adaptation::Error::Gpt(error) => Self::Gpt(error),
            error => Self::Adaptation(error),
        }
    }
}

/// What to do where several processes were started for what one does.
fn several(processes: usize, can_train: bool) -> String {
    let advice = if can_train {
        "only `mini-gpt train` shares its work out among processes: leave out mpirun"
    } else {
        "this build knows nothing of MPI, and each would do all of the work: leave out mpirun, or build `mini-gpt` with --features mpi and let it `train`"
    };
    format!("mpirun has started {processes} processes, but {advice}")
}

impl Error {
    /// The exit status: 2 for bad input, 1 for a failure on the way, 130 for an interruption (as
    /// shells do for Ctrl-C). It is 0, a success of which nothing is said, when nobody reads the
    /// result any more.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Output(error) if error.kind() == ErrorKind::BrokenPipe => 0,
            Self::Output(_) | Self::Plot(_) | Self::Adaptation(adaptation::Error::Write { .. }) => 1,
            Self::Gpt(error) if error.is_failure() => 1,
            Self::Interrupted { .. } => 130,
            _ => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_status_tells_bad_input_from_failures() {
        let path = PathBuf::new;
        let source = || std::io::Error::from(ErrorKind::StorageFull);
        let (step, saved, name) = (3, 2, String::new());
        for (error, status) in [
            (gpt::Error::Read { path: path(), source: source() }, 2),
            (gpt::Error::Locked { path: path() }, 2),
            (gpt::Error::Overtaken { path: path() }, 2),
            (gpt::Error::Write { path: path(), source: source() }, 1),
            (gpt::Error::NotANumber { step, saved, path: path() }, 1),
            (gpt::Error::Diverged { step, loss: 9.0, saved, path: path() }, 1),
            (gpt::Error::NotFinite { name, step, path: path() }, 1),
        ] {
            assert_eq!(Error::from(error).exit_code(), status);
        }
        assert_eq!(Error::OtherCorpus.exit_code(), 2);
        assert_eq!(Error::Interrupted { step, path: path() }.exit_code(), 130);
        assert_eq!(Error::Output(source()).exit_code(), 1);
        assert_eq!(Error::Output(ErrorKind::BrokenPipe.into()).exit_code(), 0);
    }
}
