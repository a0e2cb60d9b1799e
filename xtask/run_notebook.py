"""Executes a Rust notebook from a clean kernel and fails on any error or panic inside a cell.

evcxr reports neither a panic nor a returned error as a failed execution, so the outputs are read for both.
"""

import argparse
import pathlib
import re
import sys

import nbformat
from nbclient import NotebookClient

FAILURE = re.compile(r"panicked at|^Error: |error\[E\d+\]", re.MULTILINE)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("notebook", type=pathlib.Path)
    arguments.add_argument("--check", action="store_true", help="leave the file as it is")
    arguments = arguments.parse_args()
    notebook = nbformat.read(arguments.notebook, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=900,
        startup_timeout=180,
        kernel_name="rust",
        resources={"metadata": {"path": str(arguments.notebook.parent)}},
    )
    client.execute()
    failures = 0
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("execution", None)  # times of day: they would change in every run
        for output in cell.get("outputs", []):
            text = output.get("text", "") or "\n".join(output.get("traceback", []))
            if output["output_type"] == "error" or FAILURE.search(text):
                failures += 1
                print(f"{arguments.notebook.name}, cell {number}:\n{text}", file=sys.stderr)
    if failures == 0 and not arguments.check:
        nbformat.write(notebook, arguments.notebook)
    sys.exit(1 if failures else 0)


main()
