//! Several processes that train one model together, started by `mpirun`.
//!
//! A program that knows nothing of MPI would be started as often as `mpirun` is told, and each process would
//! do all of the work. So it is asked for first, by a variable of the environment that OpenMPI sets.

#[cfg(feature = "mpi")]
mod mpi;

use gpt::together::{Alone, Communicator};
use mini_gpt::Error;

/// How many processes `mpirun` has started.
fn started() -> usize {
    number_in("OMPI_COMM_WORLD_SIZE").unwrap_or(1)
}

/// The number that a variable of the environment holds.
fn number_in(variable: &str) -> Option<usize> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Refuses to do in each of several processes what one can do.
///
/// # Errors
/// [`Error::Processes`] in the first of them, [`Error::Elsewhere`] in the others, when there are several.
pub fn only_one() -> Result<(), Error> {
    match (started(), number_in("OMPI_COMM_WORLD_RANK")) {
        (..=1, _) => Ok(()),
        (processes, None | Some(0)) => {
            Err(Error::Processes { processes, can_train: cfg!(feature = "mpi") })
        }
        _ => Err(Error::Elsewhere),
    }
}

/// Does `work` in all processes that were started together, or alone.
///
/// # Errors
/// Those of `work`. Where there are several processes, an error of one ends them all.
pub fn together(work: impl FnOnce(&mut dyn Communicator) -> Result<(), Error>) -> Result<(), Error> {
    #[cfg(feature = "mpi")]
    if started() > 1 {
        return mpi::together(work);
    }
    only_one()?;
    work(&mut Alone)
}

/// What `own` holds, if all processes are ready: a process whose part went wrong says so, the first of them
/// if there are several, and the others are silent.
///
/// # Errors
/// The first process's own error, in that process; [`Error::Elsewhere`] in all others.
pub fn all_ready<T>(machines: &mut dyn Communicator, own: Result<T, Error>) -> Result<T, Error> {
    let mut failed = vec![0.0; machines.size()];
    failed[machines.rank()] = f32::from(u8::from(own.is_err()));
    machines.all_reduce(&mut failed);
    // A sum of zeros and ones: 0 alone, or not.
    match failed.iter().position(|failed| *failed > 0.0) {
        Some(first) if machines.size() > 1 && first != machines.rank() => Err(Error::Elsewhere),
        _ => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alone_an_error_is_ones_own() {
        assert_eq!(all_ready(&mut Alone, Ok(3)).unwrap(), 3);
        let message = all_ready::<()>(&mut Alone, Err(Error::OtherCorpus)).unwrap_err().to_string();
        assert!(message.starts_with("the text is not the one"), "{message}");
    }
}
