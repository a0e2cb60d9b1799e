"""Executes a Rust notebook from a clean kernel and writes the result to another file.

What the outputs must be is judged by the caller (tests/src/notebook/mod.rs): the kernel reports neither a panic nor a
returned error as a failed execution.
"""

import argparse
import pathlib

import nbformat
from nbclient import NotebookClient


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("notebook", type=pathlib.Path)
    arguments.add_argument("executed", type=pathlib.Path)
    arguments = arguments.parse_args()
    notebook = nbformat.read(arguments.notebook, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=900,
        startup_timeout=180,
        kernel_name="rust",
        allow_errors=True,  # they are outputs, and judged as such: all of them, not the first alone
        coalesce_streams=True,  # one output, not one a line
        # Where JupyterLab starts the kernel, too.
        resources={"metadata": {"path": str(arguments.notebook.parent)}},
    )
    client.execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # times of day: they would change in every run
    nbformat.validate(notebook)
    nbformat.write(notebook, arguments.executed)


main()
