//! Executing the notebooks from a clean kernel.

use crate::python;
use crate::run::{program, root, run, tool, tools};
use anyhow::{Result, ensure};
use checks::notebook::faults;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;
use tempfile::TempDir;

/// Version of the Rust kernel.
const EVCXR: &str = "0.22.0";

/// Executes every notebook whose name contains `only`; keeps the outputs unless `check`.
///
/// A notebook in whose outputs something is wrong is left as it was; what was executed is in
/// `target/notebooks`. The others are executed all the same.
pub fn notebooks(check: bool, only: Option<&str>) -> Result<()> {
    let (python, kernels) = (python::environment("python", "notebooks/requirements.txt")?, kernel()?);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(root().join("notebooks"))?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|e| e == "ipynb"));
    files.retain(|file| only.is_none_or(|name| file.to_string_lossy().contains(name)));
    files.sort();
    ensure!(!files.is_empty(), "no notebook has {:?} in its name", only.unwrap_or_default());

    let work = root().join("target").join("notebooks");
    std::fs::create_dir_all(&work)?;
    let execute = |file: &PathBuf, place: &Place| -> Result<bool> {
        let (name, started) = (file.file_name().unwrap_or_default(), Instant::now());
        let executed = work.join(name);
        let mut command = program(&python.to_string_lossy());
        command.arg(root().join("xtask").join("run_notebook.py")).args([file, &executed]);
        command.env("JUPYTER_PATH", &kernels);
        command.env("EVCXR_TMPDIR", place.folder.path()).env("XDG_CACHE_HOME", &place.cache);
        let faults = match run(&mut command) {
            Ok(()) => faults(&std::fs::read_to_string(&executed)?),
            Err(error) => vec![error.to_string()],
        };
        for fault in &faults {
            eprintln!("{}: {fault}", name.display());
        }
        if faults.is_empty() && !check {
            std::fs::copy(&executed, file)?;
        }
        println!("{}: {} s", name.display(), started.elapsed().as_secs());
        Ok(faults.is_empty())
    };
    let begun = Instant::now();
    // The first compiles what all need, on all cores. The others find it there: most of their time goes to
    // the cells, which are compiled one after another by one thread, so two kernels work at a time.
    let first = Place::new(work.join("cache"))?;
    let mut sound = vec![execute(&files[0], &first)?];
    let second = Place::new(work.join("cache-2"))?;
    if files.len() > 1 && !second.cache.exists() {
        copy(&first.cache, &second.cache)?;
    }
    let next = Mutex::new(files[1..].iter());
    let work = |place: &Place| -> Result<Vec<bool>> {
        std::iter::from_fn(|| next.lock().ok()?.next()).map(|file| execute(file, place)).collect()
    };
    let (one, two) = std::thread::scope(|scope| {
        let one = scope.spawn(|| work(&first));
        let two = work(&second);
        (one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), two)
    });
    sound.extend(one?.into_iter().chain(two?));
    println!("{} notebooks in {} s", files.len(), begun.elapsed().as_secs());
    let faulty = sound.iter().filter(|is_sound| !**is_sound).count();
    ensure!(faulty == 0, "{faulty} of {} notebooks are not as they must be", files.len());
    Ok(())
}

/// Where a kernel works. Two must not share it; the next one finds the chapters compiled.
struct Place {
    /// Outside the workspace, to which its crate would otherwise belong.
    folder: TempDir,
    cache: PathBuf,
}

impl Place {
    fn new(cache: PathBuf) -> Result<Self> {
        Ok(Self { folder: tempfile::tempdir()?, cache })
    }
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &place)?;
        } else {
            std::fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}

/// The Rust kernel, installed once, and the folder in which Jupyter finds its description.
fn kernel() -> Result<PathBuf> {
    let binary = tool("evcxr_jupyter", "evcxr_jupyter", EVCXR)?;
    let jupyter = tools().join("jupyter");
    let spec = jupyter.join("kernels").join("rust");
    std::fs::create_dir_all(&spec)?;
    let path = format!("{:?}", binary.to_string_lossy());
    let json = format!(
        r#"{{"argv": [{path}, "--control_file", "{{connection_file}}"], "display_name": "Rust", "language": "rust", "interrupt_mode": "message"}}"#
    );
    std::fs::write(spec.join("kernel.json"), json)?;
    Ok(jupyter)
}
