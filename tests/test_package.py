"""What `pip install .` gives: a command that works anywhere, and nothing in others' way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import tomllib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_string
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import LONGEST_S, ROOT
from tests.test_pins import base, closure, this_environment

pytestmark = pytest.mark.slow

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PLACED = {
    "assets": "engine/assets",
    **{room: room for room in ("desktop_app", "engine", "training")},
}
LEFT_OUT = {"desktop_app/translations/signmirror_vi.ts"}
"""On purpose: what translators work on; the window reads what is made of it."""

REFUSE = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name in {hidden!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Refuse())
"""
WHERE = "import engine, desktop_app; print(engine.__file__, desktop_app.__file__)"


@dataclass(frozen=True)
class Installed:
    """A Python that has the wheel, and of this checkout nothing."""

    scripts: Path
    elsewhere: Path

    def program(self, name: str) -> str:
        return str(self.scripts / (f"{name}.exe" if os.name == "nt" else name))

    @property
    def environment(self) -> dict[str, str]:
        hidden = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
        return {name: value for name, value in os.environ.items() if name not in hidden}

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.program(program), *arguments],
            cwd=self.elsewhere,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=LONGEST_S,
            check=False,
        )


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=LONGEST_S, check=False
    )
    assert done.returncode == 0, done.stderr


def not_of_the_base() -> set[str]:
    """Modules that are here, but not where somebody has installed what signing needs alone."""
    there = {*closure(this_environment(), base()), "signmirror"}
    return {
        module
        for module, bringers in metadata.packages_distributions().items()
        if not there & {canonicalize_name(name) for name in bringers}
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT))
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    place = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    pip("--python", str(place), "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(subprocess.check_output([python, "-c", ask], text=True).strip())
    # The libraries that these tests run with, but not what the .pth files among them add: one of
    # those is this checkout.
    around = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "around.pth").write_text("\n".join(sorted(around)) + "\n", "utf-8")
    (packages / "whoever_signs.py").write_text(REFUSE.format(hidden=not_of_the_base()), "utf-8")
    (packages / "whoever_signs.pth").write_text("import whoever_signs\n", "utf-8")
    return Installed(scripts, tmp_path_factory.mktemp("elsewhere"))


def called(lines: Iterable[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in lines}


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_everything_of_ours_is_in_the_wheel_and_nothing_else(wheel: Path) -> None:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("only a git checkout can say which files are ours")
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *PLACED]
    ours = subprocess.run(listed, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    expected = set()
    for name in filter(None, ours.stdout.split("\0")):
        room, _, rest = name.partition("/")
        if (ROOT / name).is_file() and name not in LEFT_OUT:
            expected.add(f"{PLACED[room]}/{rest}")
    packed = {name for name in names_in(wheel) if ".dist-info/" not in name}
    assert packed == expected
    assert {"engine/assets/models/asl20/card.json", "engine/py.typed"} < packed


def test_it_takes_no_name_that_is_not_ours(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in names_in(wheel)}
    own = f"signmirror-{PROJECT['version']}.dist-info"
    assert tops == {"engine", "desktop_app", "training", own}


def test_whoever_signs_is_asked_for_nothing_that_training_needs(wheel: Path) -> None:
    info = f"signmirror-{PROJECT['version']}.dist-info"
    with zipfile.ZipFile(wheel) as archive:
        told = message_from_string(archive.read(f"{info}/METADATA").decode("utf-8"))
        doors = archive.read(f"{info}/entry_points.txt").decode("utf-8")
        assert f"{info}/licenses/LICENSE" in archive.namelist()
    assert "signmirror = desktop_app.command:main" in doors
    assert set(told.get_all("Provides-Extra", [])) == {"torch", "training", "test"}
    extras = PROJECT["optional-dependencies"]
    lines = told.get_all("Requires-Dist", [])
    plain = called(line for line in lines if "extra ==" not in line)
    assert plain == called(PROJECT["dependencies"])
    assert not plain & called([*extras["training"], *extras["torch"]])


def test_it_is_the_wheel_that_runs(installed: Installed) -> None:
    done = installed.run("python", "-c", WHERE)
    assert done.returncode == 0, done.stderr
    assert str(ROOT) + os.sep not in done.stdout
    assert done.stdout.count(str(installed.scripts.parent)) == 2


def test_it_says_which_version_it_is(installed: Installed) -> None:
    done = installed.run("signmirror", "--version")
    assert (done.stdout, done.stderr) == (f"SignMirror {PROJECT['version']}\n", "")


def test_its_licence_came_along(installed: Installed) -> None:
    ask = "from desktop_app.version import licence_file; print(licence_file().read_text('utf-8'))"
    done = installed.run("python", "-c", ask)
    assert "Apache License" in done.stdout, done.stderr


def test_it_names_a_sign_without_a_window(installed: Installed) -> None:
    motion = ("--source", "reference:father", "--max-seconds", "3")
    done = installed.run("signmirror", "--headless", *motion)
    assert (done.returncode, done.stderr) == (0, "")
    *lines, last = map(json.loads, done.stdout.splitlines())
    assert last["summary"]["frames"] > 0
    assert "father" in {line["sign"] for line in lines}


def test_it_looks_for_people_with_what_it_asked_for(installed: Installed) -> None:
    """A library may import what it does not ask for; others then brought it by chance."""
    done = installed.run("signmirror", "--headless", "--source", "drawn:cat", "--max-seconds", "1")
    assert (done.returncode, done.stderr) == (0, "")


def test_it_measures_this_computer(installed: Installed) -> None:
    """With its window open, and without PyTorch."""
    asked = ("--json", "--bundle", "asl20", "--max-seconds", "1")
    done = installed.run("signmirror", "--benchmark", *asked)
    assert done.returncode == 0, done.stderr
    assert all(line.startswith("benchmark: ") for line in done.stderr.splitlines())
    told = json.loads(done.stdout)
    assert told["machine"]["torch"] == "none"
    assert told["engine"]["asl20"]["live"]["predictions_per_s"] > 0
    assert told["engine"]["asl20"]["live"]["longest_stall_ms"] > 0


def test_training_says_what_it_lacks(installed: Installed) -> None:
    done = installed.run("python", "-m", "training", "fit")
    (line,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert line.startswith("training: typer is not installed")
    assert line.endswith('pip install "signmirror[training]"')


@pytest.mark.skipif(sys.platform == "win32", reason="a window is ended there by its own button")
def test_it_opens_a_window(installed: Installed, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [installed.program("signmirror"), "--source", "reference:father"],
        cwd=installed.elsewhere,
        env=installed.environment | {"SIGNMIRROR_LOGS": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    log, deadline = tmp_path / "signmirror.log", time.monotonic() + LONGEST_S
    try:
        # It is open, and has begun next door, once both have begun the log.
        while not log.is_file() or "signmirror-networks[" not in log.read_text("utf-8"):
            assert time.monotonic() < deadline and process.poll() is None
            time.sleep(0.1)
        time.sleep(1.0)
        assert process.poll() is None
    finally:
        process.send_signal(signal.SIGTERM)
        out, said = process.communicate(timeout=LONGEST_S)
    assert (out, said) == (b"", b"")
    assert "Traceback" not in log.read_text("utf-8")
