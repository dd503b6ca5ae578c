"""docs/notebook.ipynb from top to bottom: its cells one after another, and the whole in Jupyter where that is installed."""

import json
import os
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    pytest.importorskip("pandas")
    program = os.environ.get("SAYSO") or shutil.which("sayso")
    if not program:
        pytest.skip("the program sayso is not on the path")
    folder = tmp_path_factory.mktemp("notebook")
    (folder / "corpus").symlink_to(ROOT / "corpus")
    subprocess.run([program, "build", str(ROOT / "corpus"), "-q"], cwd=folder, check=True)
    return folder


def test_its_cells_run(folder, monkeypatch):
    monkeypatch.chdir(folder)
    names = {}
    cells = json.loads((ROOT / "docs/notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    for number, cell in enumerate(c for c in cells if c["cell_type"] == "code"):
        exec(compile("".join(cell["source"]), f"cell {number + 1}", "exec"), names)
    assert len(names["docs"]) > 10 and len(names["said"])


def test_it_runs_in_jupyter(folder):
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    import nbformat

    book = nbformat.read(ROOT / "docs/notebook.ipynb", as_version=4)
    nbformat.validate(book)
    nbclient.NotebookClient(book, kernel_name="python3", timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert all(output.output_type != "error" for cell in code for output in cell.outputs)
    # Each cell ends in something to look at; the tables are tables.
    assert all(cell.outputs for cell in code)
    shown = [output["data"] for cell in code for output in cell.outputs if "data" in output]
    assert sum("text/html" in data for data in shown) >= 3
