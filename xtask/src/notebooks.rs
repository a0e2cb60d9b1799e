//! Executing the notebooks from a clean kernel.

use crate::python;
use crate::run::{program, root, run, tool, tools};
use anyhow::{Result, ensure};
use std::path::PathBuf;

/// Version of the Rust kernel.
const EVCXR: &str = "0.22.0";

/// Executes every notebook whose name contains `only`; keeps the outputs unless `check`.
pub fn notebooks(check: bool, only: Option<&str>) -> Result<()> {
    let (python, kernels) = (python::environment("python", "notebooks/requirements.txt")?, kernel()?);
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(root().join("notebooks"))?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|e| e == "ipynb"));
    files.retain(|file| only.is_none_or(|name| file.to_string_lossy().contains(name)));
    files.sort();
    ensure!(!files.is_empty(), "there is no such notebook");
    for file in files {
        let mut command = program(&python.to_string_lossy());
        command.arg(root().join("xtask").join("run_notebook.py")).arg(&file);
        if check {
            command.arg("--check");
        }
        command.env("JUPYTER_PATH", &kernels);
        run(&mut command)?;
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
