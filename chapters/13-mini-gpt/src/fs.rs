//! Files that are whole at every moment: written beside their place, then renamed; and a folder that
//! one program at a time writes into.

use crate::Error;
use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::Path;

/// How the names of files begin that are being written.
const UNFINISHED: &str = ".tmp-mini-gpt-";

/// A second name for a file, or a copy where the file system has one name a file. What is later put
/// in the place of `from` is a new file: it does not touch this one.
///
/// # Errors
/// When the folder cannot be written.
pub fn link(from: &Path, to: &Path) -> std::io::Result<()> {
    let place = tempfile::Builder::new()
        .prefix(UNFINISHED)
        .make_in(to.parent().unwrap_or(Path::new(".")), |path| {
            std::fs::hard_link(from, path).or_else(|_| std::fs::copy(from, path).map(drop))
        })?;
    place.persist(to).map_err(|error| error.error)
}

// ANCHOR: replace
/// Puts `bytes` in the place of `path` at once: a reader sees the old file or the new one, never a
/// part.
///
/// # Errors
/// When the file cannot be written; what was there is then still there.
pub fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut options = tempfile::Builder::new();
    // As of any other file: who may read it is for the user's umask to say.
    #[cfg(unix)]
    options.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = options.prefix(UNFINISHED).tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
// ANCHOR_END: replace

/// Keeps other programs from training in `folder` for as long as the file that is returned lives:
/// the system lets go of a lock when its holder ends, however it ends. A file system without locks
/// is trusted. What runs left behind that were killed while they wrote is taken away.
///
/// # Errors
/// When another program trains there, or the folder cannot be written.
pub fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join("lock");
    let open = || {
        std::fs::create_dir_all(folder)?;
        File::create(&path)
    };
    let file = open().map_err(|source| Error::Write { path: path.clone(), source })?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Error::Locked { path: folder.to_owned() }),
        // Without a lock another program may be writing right now.
        Err(TryLockError::Error(_)) => Ok(file),
        Ok(()) => remove_unfinished(folder).map(|()| file),
    }
}

/// Removes the files that were begun in `folder` and never took their place.
fn remove_unfinished(folder: &Path) -> Result<(), Error> {
    let entries =
        std::fs::read_dir(folder).map_err(|source| Error::Read { path: folder.to_owned(), source })?;
    for entry in entries.flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(UNFINISHED.as_bytes()) {
            let path = entry.path();
            std::fs::remove_file(&path).map_err(|source| Error::Write { path, source })?;
        }
    }
    Ok(())
}
