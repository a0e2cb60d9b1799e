//! Executing the notebooks from a clean kernel.

use crate::python;
use crate::run::{program, root, run, tool, tools};
use anyhow::{Result, ensure};
use checks::notebook::faults;
use std::path::PathBuf;
use std::time::Instant;

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
    // Outside the workspace, to which its crate would otherwise belong.
    let folder = tempfile::tempdir()?;
    let (begun, mut faulty) = (Instant::now(), 0);
    for file in &files {
        let (name, started) = (file.file_name().unwrap_or_default(), Instant::now());
        let executed = work.join(name);
        let mut command = program(&python.to_string_lossy());
        command.arg(root().join("xtask").join("run_notebook.py")).args([file, &executed]);
        command.env("JUPYTER_PATH", &kernels);
        // One kernel at a time, all in one folder: the second finds the chapters compiled.
        command.env("EVCXR_TMPDIR", folder.path()).env("XDG_CACHE_HOME", work.join("cache"));
        let faults = match run(&mut command) {
            Ok(()) => faults(&std::fs::read_to_string(&executed)?),
            Err(error) => vec![error.to_string()],
        };
        for fault in &faults {
            eprintln!("{}: {fault}", name.display());
        }
        faulty += usize::from(!faults.is_empty());
        if faults.is_empty() && !check {
            std::fs::copy(&executed, file)?;
        }
        println!("{}: {} s", name.display(), started.elapsed().as_secs());
    }
    println!("{} notebooks in {} s", files.len(), begun.elapsed().as_secs());
    ensure!(faulty == 0, "{faulty} of {} notebooks are not as they must be", files.len());
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
