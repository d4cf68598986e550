"""`--profile`: what training's steps cost, as a table for people and as figures for JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table

from training.commands.options import notes
from training.trainer.profiling import Profiler, StageProfile, Window

ProfileOption = Annotated[
    bool,
    typer.Option(
        "--profile", help="measure training's steps: clips/s, arithmetic, waiting, memory"
    ),
]
# Of the first step the arithmetic is counted, which makes it slow: it is always warm-up.
ProfileWarmUpOption = Annotated[
    int, typer.Option(min=1, help="with --profile: steps of a stage before the measured ones")
]
ProfileStepsOption = Annotated[
    int, typer.Option(min=1, help="with --profile: steps of a stage that are measured")
]


def profiler_for(wanted: bool, warm_up: int, steps: int) -> Profiler | None:
    return Profiler(Window(warm_up, steps)) if wanted else None


def profile_figures(profiler: Profiler | None) -> dict[str, object]:
    """What the option adds to a command's result; nothing where it was not given. Prints the table
    on stderr."""
    if profiler is None:
        return {}
    with notes.status("this machine's matrix multiplication"):
        profiles = profiler.profiles()
    for title in dict.fromkeys(map(_title, profiles)):
        notes.print(_table(title, [p for p in profiles if _title(p) == title]))
    return {"profile": [_rounded(profile) for profile in profiles]}


def _title(profile: StageProfile) -> str:
    several = f" x {profile.processes}" if profile.processes > 1 else ""
    peak = f"{profile.matrix_peak_flop_per_s / 1e12:.3g} TFLOP/s"
    return f"{profile.device}{several}, {profile.precision}; matrix products reach {peak}"


def _table(title: str, profiles: Sequence[StageProfile]) -> Table:
    table = Table(title=title)
    for column in ("stage", "clips/s", "GFLOP/clip", "of peak", "waits", "step, p95 (ms)", "MiB"):
        table.add_column(column, justify="left" if column == "stage" else "right")
    for profile in profiles:
        memory = profile.peak_memory_mib
        table.add_row(
            profile.stage,
            f"{profile.clips_per_s:.1f}",
            f"{profile.flop_per_clip / 1e9:.3g}",
            f"{profile.share_of_peak:.1%}",
            f"{profile.stall:.1%}",
            f"{profile.step_ms_mean:.1f}, {profile.step_ms_p95:.1f}",
            "" if memory is None else f"{memory:.0f}",
        )
    return table


def _rounded(profile: StageProfile) -> dict[str, object]:
    """Six digits are more than any of them is known to."""
    return {
        name: float(f"{value:.6g}") if isinstance(value, float) else value
        for name, value in dataclasses.asdict(profile).items()
    }
