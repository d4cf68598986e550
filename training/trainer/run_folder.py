"""A training run's folder: its recipe, whose clips it learns from, the checkpoints, the log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from engine.atomic_write import written_whole
from training.errors import DataError
from training.recipe import Recipe
from training.splits.signer_split import SignerSplit

RECIPE, RECORD, LOG = "recipe.json", "run.json", "log.jsonl"


Signers = dict[str, tuple[str, ...]]
"""By data set."""


class RunRecord(BaseModel):
    """Whose clips a run learns from. `learnt_from`: everybody whose clips shaped the weights;
    `chosen_on`: everybody by whom they were chosen; those of the run that it started from (`init`)
    among them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dataset: str
    protocol: str
    split: dict[str, tuple[str, ...]]
    init: str = ""
    learnt_from: Signers = {}
    chosen_on: Signers = {}


def record_of(dataset: str, protocol: str, split: SignerSplit, init: Path | None) -> RunRecord:
    """Raises DataError when the weights to start from have learnt from somebody this run validates
    or tests on, or were chosen on somebody it tests on: nobody would be unseen."""
    learnt, chosen = _seen_by(init) if init is not None else ({}, {})
    known = {*split.validation, *split.test} & set(learnt.get(dataset, ()))
    known |= set(split.test) & set(chosen.get(dataset, ()))
    if known:
        raise DataError(
            f"{init}: these weights were learnt from {', '.join(sorted(known))}, whom this run"
            " validates or tests on; start from others"
        )
    return RunRecord(
        dataset=dataset,
        protocol=protocol,
        split={
            "train": split.train,
            "validation": split.validation,
            "test": split.test,
        },
        init="" if init is None else init.name,
        learnt_from=_with(learnt, dataset, split.train),
        chosen_on=_with(chosen, dataset, split.validation),
    )


def _with(earlier: Signers, dataset: str, signers: tuple[str, ...]) -> Signers:
    return {**earlier, dataset: tuple(sorted({*earlier.get(dataset, ()), *signers}))}


def _seen_by(source: Path) -> tuple[Signers, Signers]:
    """Who trained and who validated, of a run's record or a bundle's card; nobody where neither
    lies beside the weights."""
    folder = source if source.is_dir() else source.parent
    for file in (folder / RECORD, folder / "checkpoints" / RECORD):
        if file.is_file():
            record = _read(file)
            return record.learnt_from, record.chosen_on
    card = folder / "card.json"
    if not card.is_file():
        return {}, {}
    try:
        content: dict[str, Any] = json.loads(card.read_text(encoding="utf-8"))
        name, training = str(content["name"]), content["training"]
        return (
            {name: tuple(training["train_signers"])},
            {name: tuple(training["validation_signers"])},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{card}: this card cannot be read") from error


def _read(file: Path) -> RunRecord:
    try:
        return RunRecord.model_validate_json(file.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise DataError(f"{file}: this run's record cannot be read") from error


def remember_run(folder: Path, recipe: Recipe, record: RunRecord, resume: bool) -> None:
    """Write recipe and record beside the checkpoints.

    Raises DataError when a run to resume had another recipe or split, or when there is a run and it
    was not asked to be resumed: neither may be overwritten by mistake.
    """
    file = folder / RECIPE
    if resume and file.exists() and not _same(_stored(file), recipe):
        raise DataError(
            f"{file}: the run to resume had another recipe; use the same, or another --out"
        )
    stored = folder / RECORD
    if resume and stored.exists() and (earlier := _read(stored)) != record:
        what = next(
            name
            for name in RunRecord.model_fields
            if getattr(earlier, name) != getattr(record, name)
        )
        raise DataError(
            f"{stored}: the run to resume had another {what}; use the same --data, --fold, lists,"
            " signers and --init, or another --out"
        )
    if not resume and any(folder.glob("*.safetensors")):
        raise DataError(
            f"{folder}: there is an earlier run here; --resume goes on with it, or use another"
            " --out"
        )
    folder.mkdir(parents=True, exist_ok=True)
    for target, model in ((file, recipe), (stored, record)):
        with written_whole(target) as unfinished:
            unfinished.write_text(model.model_dump_json(indent=1), encoding="utf-8")


def _same(stored: Recipe | None, recipe: Recipe) -> bool:
    """Whether two recipes train the same weights: they may differ in `fusion`, which is fitted
    afterwards."""
    return stored is not None and stored.model_copy(update={"fusion": recipe.fusion}) == recipe


def _stored(file: Path) -> Recipe | None:
    """The recipe of an earlier run; settings that it did not have yet get their defaults. None
    where the file is no recipe."""
    try:
        return Recipe.model_validate_json(file.read_text("utf-8"))
    except ValidationError:
        return None


def read_log(folder: Path) -> list[dict[str, object]]:
    """One line an epoch, in order; a line cut short by a kill is left out."""
    file = folder / LOG
    if not file.exists():
        return []
    lines = []
    for text in file.read_text("utf-8").splitlines():
        try:
            lines.append(json.loads(text))
        except ValueError:
            continue
    return lines
