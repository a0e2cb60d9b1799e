//! Processes that add their numbers up by MPI, which may run on several machines.

use ::mpi::Threading;
use ::mpi::collective::SystemOperation;
use ::mpi::topology::SimpleCommunicator;
use ::mpi::traits::{Communicator as _, CommunicatorCollectives};
use gpt::together::Communicator;
use mini_gpt::{Error, program};

/// All processes that `mpirun` has started.
struct World(SimpleCommunicator);

impl Communicator for World {
    fn rank(&self) -> usize {
        self.0.rank().try_into().expect("a rank is not negative")
    }

    fn size(&self) -> usize {
        self.0.size().try_into().expect("a number of processes is not negative")
    }

    fn all_reduce(&mut self, numbers: &mut [f32]) {
        let own = numbers.to_vec();
        self.0.all_reduce_into(&own[..], numbers, SystemOperation::sum());
    }
}

/// Does `work` in every process. The process that has something to say about an error says it and ends all
/// of them, whatever they wait for; the others wait for that.
pub fn together(work: impl FnOnce(&mut dyn Communicator) -> Result<(), Error>) -> Result<(), Error> {
    // The threads of this program compute; the one that speaks to MPI is the one that began.
    let (universe, _) =
        ::mpi::initialize_with_threading(Threading::Funneled).expect("MPI is begun once in a program");
    let mut world = World(universe.world());
    match work(&mut world) {
        Ok(()) => Ok(()),
        Err(Error::Elsewhere) => {
            world.0.barrier();
            Err(Error::Elsewhere)
        }
        Err(error) => {
            let code = error.exit_code();
            if code != 0 {
                program::note(format_args!("mini-gpt: {error}"));
            }
            world.0.abort(code.into())
        }
    }
}
