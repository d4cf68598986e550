"""Checks that a comparison has at least two signs, and that every tested sign was trained on."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from training.errors import DataError


def need_two_signs(where: str, glosses: Sequence[str]) -> None:
    """Raises DataError: of one sign alone every method names all clips rightly."""
    if len(glosses) < 2:
        only = f"one sign alone ({glosses[0]})" if glosses else "no sign at all"
        raise DataError(f"{where}: {only} is no comparison; there must be two to tell apart")


def untrained_signs(glosses: Sequence[str], trained: Tensor, tested: Tensor) -> list[str]:
    """Those of `glosses` that a label of `tested` `(N,)` names and none of `trained` `(M,)`."""
    unknown = set(tested.unique().tolist()) - set(trained.unique().tolist())
    return [gloss for label, gloss in enumerate(glosses) if label in unknown]


def said_of(untrained: Sequence[str]) -> str:
    """A sentence that names these signs, for the console and the report."""
    return (
        f"tested, but trained on by nobody: {', '.join(untrained)}. No method can name what it was"
        " never shown"
    )
