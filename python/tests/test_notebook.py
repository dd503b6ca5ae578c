"""Every cell of docs/notebook.ipynb, one after another, where the corpus and a store of it are."""

import json
import os
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def test_the_notebook_runs(tmp_path, monkeypatch):
    pytest.importorskip("pandas")
    program = os.environ.get("SAYSO") or shutil.which("sayso")
    if not program:
        pytest.skip("the program sayso is not on the path")
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    subprocess.run([program, "build", str(ROOT / "corpus"), "-q"], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    names = {}
    cells = json.loads((ROOT / "docs/notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    for number, cell in enumerate(c for c in cells if c["cell_type"] == "code"):
        exec(compile("".join(cell["source"]), f"cell {number + 1}", "exec"), names)
    assert len(names["docs"]) > 10 and len(names["said"])
