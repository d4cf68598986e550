"""K-fold by signer: nobody is trained on and tested by the same fold; every fold is reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.landmark_recordings import write_landmarks
from training.commands.app import app
from training.errors import DataError
from training.stages.cross_validation import FoldFigures, folds_by_signer, summary

pytestmark = pytest.mark.slow

NAMES = st.lists(st.text("abcdefg", min_size=1, max_size=3), min_size=2, max_size=12, unique=True)


@given(names=NAMES, data=st.data())
def test_a_folds_training_list_shares_no_signer_with_its_tests(
    names: list[str], data: st.DataObject
) -> None:
    test = data.draw(st.lists(st.sampled_from(names), unique=True, max_size=len(names) - 2))
    others = len(names) - len(test)
    count = data.draw(st.sampled_from([0, *range(2, others + 1)]))
    folds = folds_by_signer([n for n in names for _ in range(3)], folds=count, test=test)
    assert len(folds) == (count or others)
    for fold in folds:
        assert fold.held_out and fold.train
        assert not {*fold.train} & {*fold.held_out, *fold.test}
        assert {*fold.train, *fold.held_out, *fold.test} == set(names)
        assert set(fold.test) == set(test)
    assert sorted(name for fold in folds for name in fold.held_out) == sorted(
        set(names) - set(test)
    )


def test_who_is_not_there_cannot_be_tested() -> None:
    with pytest.raises(DataError, match="zoe"):
        folds_by_signer(["ana", "ben", "cam"], test=["zoe"])
    with pytest.raises(DataError, match="3 signers cannot be split into 4 folds"):
        folds_by_signer(["ana", "ben", "cam"], folds=4)


def test_the_summary_is_mean_and_deviation_never_the_best() -> None:
    table = {(0, 0): 0.9, (0, 1): 0.5, (1, 0): 1.0, (1, 1): 0.6}
    figures = [
        FoldFigures(fold=fold, seed=seed, held_out=(f"s{fold}",), n=10, top1=top1)
        for (seed, fold), top1 in table.items()
    ]
    found = summary(figures)
    assert found["mean"] == pytest.approx(0.75)
    assert found["worst"] == 0.5
    assert found["sd_over_folds"] == pytest.approx(0.2828, abs=1e-4)  # of 0.95 and 0.55
    assert found["sd_over_seeds"] == pytest.approx(0.0707, abs=1e-4)  # of 0.7 and 0.8
    assert found["folds"] == {"s0": 0.95, "s1": 0.55}
    assert 1.0 not in found.values()


def test_folds_are_trained_tested_and_not_trained_again(tmp_path: Path) -> None:
    data = write_landmarks(tmp_path / "landmarks", glosses=("wave", "mưa rào"), takes=2)
    told = [
        *("folds", "folder", "--data", str(data), "--out", str(tmp_path / "out")),
        *("--recipe", "smoke", "--seeds", "1", "--test-signers", "dao"),
        *("--set", "batch_size=4", "--set", "frames=12"),
    ]
    first = CliRunner().invoke(app, told)
    assert first.exit_code == 0, first.output
    result = json.loads(first.stdout.splitlines()[-1])
    assert set(result["folds"]) == {"ana", "ben", "cam"}
    assert result["test_mean"] is not None
    stored = json.loads((tmp_path / "out" / "folds.json").read_text("utf-8"))
    assert [one["held_out"] for one in stored["single"]] == [["ana"], ["ben"], ["cam"]]
    assert set(stored["single"][0]["per_class"]) == {"mưa rào", "wave"}
    for fold in range(3):
        run = json.loads((tmp_path / f"out/seed-0/fold-{fold:02d}/run.json").read_text("utf-8"))
        assert not set(run["split"]["train"]) & set(run["split"]["test"])
        assert "dao" in run["split"]["test"]
    written = (tmp_path / "out/seed-0/fold-00/landmarks.safetensors").stat().st_mtime_ns
    again = CliRunner().invoke(app, told)
    assert json.loads(again.stdout.splitlines()[-1]) == result
    assert (tmp_path / "out/seed-0/fold-00/landmarks.safetensors").stat().st_mtime_ns == written
