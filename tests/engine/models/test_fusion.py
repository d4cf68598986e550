"""Streams put together: any of them may be missing, of a bundle or of one clip."""

from __future__ import annotations

import itertools

import pytest
import torch

from engine.recognition.late_fusion import late_fusion
from training.stages.fusion import SLACK, fit_energy, fit_fusion, fit_threshold

STREAMS = ("video", "sensor_generated", "landmarks")


def evidence(rows: int = 6) -> dict[str, torch.Tensor]:
    rng = torch.Generator().manual_seed(0)
    return {stream: 3 * torch.randn(rows, 4, generator=rng) for stream in STREAMS}


@pytest.mark.parametrize("left", [c for n in (1, 2, 3) for c in itertools.combinations(STREAMS, n)])
def test_any_subset_of_streams_gives_probabilities(left: tuple[str, ...]) -> None:
    weights = {"video": 0.2, "sensor_generated": 0.3, "landmarks": 0.5}
    some = {stream: evidence()[stream] for stream in left}
    fused = late_fusion(some, None, weights)
    assert torch.allclose(fused.sum(dim=1), torch.ones(6), atol=1e-5)
    total = sum(weights[stream] for stream in left)
    by_hand = sum(weights[s] * torch.softmax(some[s], dim=1) for s in left) / total
    assert torch.allclose(fused, by_hand, atol=1e-6)  # type: ignore[arg-type]


def test_a_stream_that_saw_nothing_of_a_clip_is_left_out_of_that_clip_alone() -> None:
    logits = evidence()
    logits["landmarks"][2] = float("nan")
    fused = late_fusion(logits)
    without = late_fusion({k: v for k, v in logits.items() if k != "landmarks"})
    assert torch.allclose(fused[2], without[2])
    assert not torch.allclose(fused[1], without[1])
    assert fused.isfinite().all()


def test_of_a_clip_that_nobody_saw_all_classes_are_alike() -> None:
    nothing = torch.full((1, 4), float("nan"))
    assert late_fusion({"landmarks": nothing}).tolist() == [[0.25] * 4]


def test_without_a_stream_there_is_nothing_to_fuse() -> None:
    with pytest.raises(ValueError, match="no stream"):
        late_fusion({"video": evidence()["video"]}, None, {"landmarks": 1.0})


def test_the_stream_that_knows_gets_the_weight_and_the_others_keep_a_share() -> None:
    labels = torch.arange(80) % 4
    rng = torch.Generator().manual_seed(1)
    logits = {stream: torch.randn(80, 4, generator=rng) for stream in STREAMS}
    logits["landmarks"][torch.arange(80), labels] += 6
    fusion = fit_fusion(logits, labels)
    assert fusion.weights["landmarks"] > 0.7
    assert all(fusion.weights[stream] > 0 for stream in STREAMS)
    assert sum(fusion.weights[stream] for stream in STREAMS) == pytest.approx(1)
    assert fusion.weights["sensor_measured"] == fusion.weights["sensor_generated"]


def test_landmarks_alone_need_no_weighing() -> None:
    labels = torch.arange(20) % 4
    fusion = fit_fusion({"landmarks": torch.eye(4)[labels] * 5}, labels)
    assert fusion.weights == {"landmarks": 1.0}


def test_thresholds_let_the_promised_share_through() -> None:
    rng = torch.Generator().manual_seed(2)
    labels = torch.zeros(400, dtype=torch.long)
    labels[300:] = 3
    probabilities = torch.softmax(torch.randn(400, 4, generator=rng), dim=1)
    energy = torch.randn(400, generator=rng)
    energy[5] = float("nan")
    confidence = probabilities[:300, :3].max(dim=1).values
    threshold = fit_threshold(probabilities, labels, 3, lost=0.05)
    assert float((confidence >= threshold).float().mean()) == pytest.approx(0.95, abs=0.01)
    least = fit_energy(energy, labels, 3, lost=0.05)
    assert least is not None
    seen = energy[:300][~energy[:300].isnan()]
    assert float((seen >= least + SLACK).float().mean()) == pytest.approx(0.95, abs=0.01)


def test_a_perfect_validation_does_not_make_rejection_absurd() -> None:
    sure = torch.tensor([[0.99999, 0.00001, 0.0]]).repeat(30, 1)
    assert fit_threshold(sure, torch.zeros(30, dtype=torch.long), 2, lost=0.05) <= 0.8
