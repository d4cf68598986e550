"""What is installed is what was tested: one release of everything, wherever it is named."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from importlib import metadata

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONSTRAINTS = ROOT / ".ci" / "constraints.txt"
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = {
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    "Darwin": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
}
FROM_TORCH = ("nvidia-", "cuda-", "triton")
"""Torch itself says which release of these it brings."""


def base() -> list[Requirement]:
    """What whoever only signs fetches."""
    return [Requirement(line) for line in PROJECT["project"]["dependencies"]]


def named() -> list[Requirement]:
    """All that pyproject.toml asks for, with every extra."""
    project = PROJECT["project"]
    extras = project["optional-dependencies"]
    lines = [*PROJECT["build-system"]["requires"], *project["dependencies"]]
    lines += [line for extra in extras.values() for line in extra]
    wanted = {str(one): one for one in map(Requirement, lines)}
    # An extra that contains another names this project itself.
    return [one for one in wanted.values() if one.name != project["name"]]


def constraints() -> dict[str, Requirement]:
    lines = CONSTRAINTS.read_text("utf-8").splitlines()
    read = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert len({canonicalize_name(one.name) for one in read}) == len(read)
    return {canonicalize_name(one.name): one for one in read}


def exact(requirement: Requirement) -> bool:
    return re.fullmatch(r"==[^*,]+", str(requirement.specifier)) is not None


def closure(environment: dict[str, str], wanted: Sequence[Requirement]) -> Iterator[str]:
    """Everything that would be installed there, as far as what is installed here knows."""
    waiting = [
        (canonicalize_name(one.name), frozenset(one.extras))
        for one in wanted
        if one.marker is None or one.marker.evaluate(environment)
    ]
    seen = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen or name.startswith(FROM_TORCH):
            continue
        seen.add((name, extras))
        yield name
        try:
            lines = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            # Needed elsewhere alone.
            continue
        for line in lines:
            need = Requirement(line)
            contexts = [environment | {"extra": extra} for extra in extras or {""}]
            if need.marker is None or any(need.marker.evaluate(c) for c in contexts):
                waiting.append((canonicalize_name(need.name), frozenset(need.extras)))


@pytest.mark.parametrize("requirement", named(), ids=str)
def test_pyproject_names_one_release_and_the_constraints_the_same(requirement: Requirement) -> None:
    assert exact(requirement)
    assert str(constraints()[canonicalize_name(requirement.name)].specifier) == str(
        requirement.specifier
    )


def test_what_builds_it_is_named_down_to_the_last() -> None:
    """pip builds in a place of its own, where no constraint holds."""
    named_there = {Requirement(line).name for line in PROJECT["build-system"]["requires"]}
    backend = PROJECT["build-system"]["build-backend"].partition(".")[0]
    wanted = map(Requirement, metadata.requires(backend) or [])
    here = {one.name for one in wanted if one.marker is None or one.marker.evaluate()}
    assert here | {backend} == named_there


def test_whoever_tests_has_what_training_needs() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    assert f"{PROJECT['project']['name']}[training]" in extras["test"]


def test_constraints_name_one_release_each() -> None:
    assert all(exact(one) for one in constraints().values())


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_nothing_is_fetched_that_no_constraint_names(system: str, python: str) -> None:
    environment = {
        **this_environment(),
        **SYSTEMS[system],
        "python_version": python,
        "python_full_version": f"{python}.0",
    }
    assert set(closure(environment, named())) - constraints().keys() == set()


def this_environment() -> dict[str, str]:
    return {key: str(value) for key, value in default_environment().items()}


def test_what_is_installed_is_what_is_pinned() -> None:
    wrong = {}
    pinned = constraints()
    for name in set(closure(this_environment(), named())):
        found = metadata.version(name)
        # A build of its own, such as torch's for processors alone, is the same release.
        if not pinned[name].specifier.contains(found.partition("+")[0], prereleases=True):
            wrong[name] = (found, str(pinned[name].specifier))
    assert wrong == {}


def test_every_command_of_the_readme_installs_by_the_constraints() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    commands = [
        line for line in text.splitlines() if "pip install" in line and "venv .venv" in line
    ]
    assert len(commands) == 4
    for command in commands:
        assert "-c .ci/constraints.txt -e" in command


def test_the_pins_that_stay_have_their_reasons() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    for name in PROJECT["tool"]["pins"]["keep"]:
        assert re.search(rf'    #[^\n]*\n    "{re.escape(name)}==', text), name


def test_what_other_systems_fetch_is_pinned_too() -> None:
    for name in PROJECT["tool"]["pins"]["elsewhere"]:
        assert exact(constraints()[canonicalize_name(name)]), name


def test_every_python_that_is_promised_is_permitted() -> None:
    permitted = Requirement(f"x{PROJECT['project']['requires-python']}").specifier
    assert all(permitted.contains(f"{python}.1") for python in PYTHONS)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "Python 3.11, 3.12 or 3.13" in readme
