"""What the steps of training cost, as tables for people and as figures for JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from rich.table import Table

from training.trainer.profiling import StageProfile


def profile_tables(profiles: Sequence[StageProfile]) -> Iterator[Table]:
    """One table for each device and precision, a row a stage."""
    for title in dict.fromkeys(map(_title, profiles)):
        yield _table(title, [profile for profile in profiles if _title(profile) == title])


def rounded(profile: StageProfile) -> dict[str, object]:
    """Every figure to six significant digits: more are not reproducible."""
    return {
        name: float(f"{value:.6g}") if isinstance(value, float) else value
        for name, value in dataclasses.asdict(profile).items()
    }


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
