"""Commands that train share one block of options; each has all of it, or says which it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
import typer
from typer.testing import CliRunner

from training.commands.app import app
from training.commands.shared.run_options import RunOptions, with_run_options
from training.errors import DataError

EVERY = set(RunOptions.__dataclass_fields__)
LACKS = {
    "compare": {"seed"},
    "graph": set(),
    "fit": set(),
    "video": set(),
    "folds": {"seed", "devices", "resume"},
    "motion": {"config", "seed", "devices", "init"},
}


@pytest.mark.parametrize("command", LACKS)
def test_a_command_has_the_options_of_a_run(command: str) -> None:
    found = typer.main.get_command(app).commands[command]  # type: ignore[attr-defined]
    names = {option.name for option in found.params}
    own = {"seed"} if command == "motion" else set()
    assert names & EVERY == (EVERY - LACKS[command]) | own
    assert "run" not in names


def told(*arguments: str) -> RunOptions:
    seen: list[RunOptions] = []
    small = typer.Typer()

    @small.command()
    @with_run_options(example="width=1", leave_out=("init",))
    def train(out: str, more: int = 1, *, run: RunOptions) -> None:
        assert (out, more) == ("there", 1)
        seen.append(run)

    done = CliRunner().invoke(small, ["there", *arguments])
    assert done.exit_code == 0, done.output
    return seen[0]


def test_what_is_not_said_has_its_default() -> None:
    assert told() == RunOptions()


def test_what_is_said_arrives(tmp_path: Path) -> None:
    config = tmp_path / "own.toml"
    config.write_text("batch_size = 4\nvideo_epochs = 3\nframes = 16\n", encoding="utf-8")
    run = told(
        *("--recipe", "smoke", "--config", str(config), "--set", "video_epochs=5"),
        *("--seed", "7", "--device", "cpu", "--profile", "--profile-steps", "4"),
    )
    recipe = run.chosen_recipe(defaults=["frames=20", "video_epochs=4"])
    assert (recipe.batch_size, recipe.frames, recipe.video_epochs) == (4, 20, 5)
    assert (recipe.seed, run.chosen_recipe(seed=2).seed) == (7, 2)
    assert run.setup().device == torch.device("cpu")
    profiler = run.profiler()
    assert profiler is not None and (profiler.window.warm_up, profiler.window.steps) == (10, 4)
    with pytest.raises(DataError, match="frames"):
        run.chosen_recipe(defaults=["frames=2"])
