"""The rooms of the house and the doors between them."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import LONGEST_S, ROOT

ROOMS = ("engine", "training", "desktop_app")
LONGEST_FILE = 400
MOST_LOOSE_FILES = 10
MOST_FILES = 14
PICKLERS = {"pickle", "cPickle", "cloudpickle", "dill", "joblib", "shelve"}

IMPORT_ALL = """
import importlib, pkgutil, sys
for name in {packages!r}:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        if not module.name.endswith(".__main__"):
            importlib.import_module(module.name)
print(*sorted({unwanted!r} & {{name.partition(".")[0] for name in sys.modules}}))
"""


LINT_IMPORTS = """
import sys
from importlinter.cli import lint_imports
sys.exit(lint_imports("pyproject.toml", no_cache=True, no_logo=True))
"""


def source_files(*rooms: str) -> list[Path]:
    return [file for room in rooms for file in sorted((ROOT / room).rglob("*.py"))]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A fresh Python in the project's folder, warnings and all; it must succeed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def loaded_by(packages: tuple[str, ...], unwanted: set[str]) -> str:
    """Which of `unwanted` a fresh Python has loaded once every module of `packages` is."""
    return run("-c", IMPORT_ALL.format(packages=packages, unwanted=unwanted)).stdout.strip()


def test_import_contracts_hold() -> None:
    # In a Python of its own: within one that has loaded OpenVINO, it closes standard error.
    said = run("-c", LINT_IMPORTS)
    assert "0 broken" in said.stdout, said.stdout


def test_contracts_guard_every_room() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    kept_apart = {room for contract in contracts for room in contract.get("source_modules", ())}
    layered = {room for contract in contracts for room in contract.get("containers", ())}

    assert kept_apart >= set(ROOMS) and layered >= set(ROOMS)


@pytest.mark.slow
def test_training_runs_on_a_bare_server() -> None:
    assert loaded_by(("training",), {"mediapipe", "PySide6", "pyqtgraph", "desktop_app"}) == ""


@pytest.mark.slow
def test_networks_run_on_a_bare_server() -> None:
    unwanted = {"mediapipe", "PySide6", "pyqtgraph", "cv2", "desktop_app", "training"}
    assert loaded_by(("engine.models",), unwanted) == ""


@pytest.mark.slow
def test_engine_runs_without_qt() -> None:
    assert loaded_by(("engine",), {"PySide6", "pyqtgraph", "desktop_app", "training"}) == ""


def test_window_starts_before_the_networks_are_loaded() -> None:
    unwanted = {"torch", "mediapipe", "pandas", "training"}
    assert loaded_by(("desktop_app",), unwanted) == ""


def test_recognition_starts_before_torch_is_loaded() -> None:
    """What runs the networks is known first: where OpenVINO does, nobody needs torch."""
    rooms = ("recognition", "clips", "landmarks", "segmentation", "worker", "live", "cli")
    assert loaded_by(tuple(f"engine.{room}" for room in rooms), {"torch", "mediapipe"}) == ""


def test_help_is_there_at_once() -> None:
    said = run("-X", "importtime", "main.py", "--help")

    for option in (
        "--source",
        "--bundle",
        "--headless",
        "--max-seconds",
        "--traces",
        "--realtime",
        "--runtime",
        "--benchmark",
        "--json",
        "--version",
    ):
        assert option in said.stdout
    # Whoever only asks for help does not wait for the networks.
    loaded = {line.rpartition("|")[2].strip() for line in said.stderr.splitlines()}
    assert not loaded & {"torch", "cv2", "mediapipe", "PySide6"}


@pytest.mark.slow
def test_whoever_signs_needs_nothing_that_only_training_fetches() -> None:
    """`scipy` and others may be there all the same: what matters is that none is asked for."""
    fetched = {"lightning", "tensorboard", "typer", "rich", "pandas", "pyarrow", "scipy", "nncf"}
    assert loaded_by(("engine", "desktop_app"), fetched) == ""


@pytest.mark.slow
def test_training_says_what_it_lacks_and_how_to_get_it() -> None:
    begin = "import runpy, sys; sys.modules['typer'] = None; sys.argv[1:] = ['fit']\n"
    done = subprocess.run(
        [sys.executable, "-c", begin + "runpy.run_module('training', run_name='__main__')"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST_S,
        check=False,
    )
    (line,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert line.startswith("training: typer is not installed")
    assert line.endswith('pip install -c .ci/constraints.txt -e ".[training]"')


@pytest.mark.slow
def test_training_names_its_commands() -> None:
    said = run("-m", "training", "--help").stdout

    assert all(command in said for command in ("fit", "evaluate", "references"))


@pytest.mark.parametrize("room", ROOMS)
def test_files_stay_short(room: str) -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in source_files(room)
    }

    assert lengths
    assert {file: n for file, n in lengths.items() if n >= LONGEST_FILE} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_folders_stay_small(room: str) -> None:
    """A reader finds a file by the list of its folder."""
    loose = {file.stem for file in (ROOT / room).glob("*.py")} - {"__init__", "__main__"}
    crowded = {
        str(folder.relative_to(ROOT)): files
        for folder in {file.parent for file in source_files(room)}
        if (files := len([f for f in folder.glob("*.py") if f.stem != "__init__"])) > MOST_FILES
    }

    assert len(loose) <= MOST_LOOSE_FILES, sorted(loose)
    assert crowded == {}


def test_weights_are_never_pickled() -> None:
    """Loading a pickle runs whatever code is in it, and bundles come from anywhere."""
    found = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in [ROOT / "main.py", *source_files(*ROOMS)]
        for line in pickling_lines(ast.parse(file.read_text(encoding="utf-8")))
    ]

    assert found == []


def test_pickling_would_be_noticed() -> None:
    code = "import torch\ntorch.load(f)\nfrom pickle import load\nnp.load(f, allow_pickle=flag)\n"

    assert sorted(pickling_lines(ast.parse(code))) == [2, 3, 4]
    assert list(pickling_lines(ast.parse("np.load(f, allow_pickle=False)"))) == []


def pickling_lines(tree: ast.Module) -> Iterator[int]:
    """Lines that import a pickling module, reach for `torch.load` or let NumPy unpickle."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names) if any(n.name.split(".")[0] in PICKLERS for n in names):
                yield node.lineno
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in PICKLERS:
                yield node.lineno
            case ast.ImportFrom(module="torch", names=names) if any(
                n.name in ("load", "save") for n in names
            ):
                yield node.lineno
            case ast.Attribute(value=ast.Name(id="torch"), attr="load" | "save"):
                yield node.lineno
            case ast.keyword(arg="allow_pickle", value=value):
                if not (isinstance(value, ast.Constant) and value.value is False):
                    yield value.lineno


@pytest.mark.slow
def test_the_window_leaves_heavy_libraries_to_the_process_next_door() -> None:
    """Loading one would hold the window still for longer than an eye forgives."""
    heavy = {"torch", "mediapipe", "scipy", "pandas", "matplotlib"}
    done = run("-c", IMPORT_ALL.format(packages=("desktop_app",), unwanted=heavy))
    assert done.stdout.split() == []


def test_libav_comes_through_the_door_that_silences_it() -> None:
    """Whoever sets PyAV's log level has libav's threads call into Python, and may wait for ever."""
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in [ROOT / "main.py", *source_files(*ROOMS, "tests")]
        if file != ROOT / "engine" / "libav.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(n.name.split(".")[0] == "av" for n in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "av")
    ]

    assert found == []
