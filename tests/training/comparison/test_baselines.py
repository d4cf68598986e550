"""The baselines are what their papers say they are."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch

from training.comparison.baselines.flow_network import FlowNetwork, flow_view
from training.comparison.baselines.mars import mars_loss
from training.comparison.baselines.optical_flow import FlowMethod, clip_flow
from training.comparison.baselines.video_swin import SwinBlock, VideoSwin


@pytest.mark.parametrize(("variant", "millions"), [("tiny", 28.2), ("base", 88.1)])
def test_video_swin_has_the_published_number_of_parameters(variant: str, millions: float) -> None:
    with torch.device("meta"):
        network = VideoSwin(400, variant)  # type: ignore[arg-type]
    count = sum(parameter.numel() for parameter in network.parameters())
    assert count / 1e6 == pytest.approx(millions, rel=0.01)


@pytest.mark.slow
def test_video_swin_names_a_small_clip() -> None:
    network = VideoSwin(27).eval()
    with torch.no_grad():
        logits = network(torch.randn(2, 3, 24, 36, 36))
    assert logits.shape == (2, 27)
    assert logits.isfinite().all()


def test_windows_see_each_other_only_when_they_are_shifted() -> None:
    torch.manual_seed(0)
    for shifted in (False, True):
        block = SwinBlock(24, 3, shifted=shifted, drop_path=0.0).eval()
        x = torch.randn(1, 2, 7, 14, 24, requires_grad=True)
        # What becomes of a place in the left window, asked of a neighbour in the right one.
        block(x)[0, 0, 3, 6].sum().backward()
        assert x.grad is not None
        reached = bool(x.grad[0, 0, 3, 7].abs().sum() > 0)
        assert reached is shifted
        # Rolled round, the far edge shares a window with the near one, and must stay unseen.
        assert not x.grad[0, 0, 3, 13].abs().sum() > 0


def test_padding_is_not_seen() -> None:
    torch.manual_seed(0)
    block = SwinBlock(24, 3, shifted=False, drop_path=0.0).eval()
    x = torch.randn(1, 2, 7, 10, 24)
    alone = block(x[:, :, :, 7:])
    together = block(x)[:, :, :, 7:]
    assert alone.shape == together.shape
    # The right window holds 3 real columns and 4 of padding; the padding changes nothing.
    assert torch.allclose(alone, together, atol=1e-5)


@pytest.mark.parametrize("method", ["dis", "tvl1"])
def test_flow_of_a_shifted_texture_is_the_shift(method: FlowMethod) -> None:
    noise = np.random.default_rng(0).normal(size=(110, 110)).astype(np.float32)
    blurred = cv2.GaussianBlur(noise, (0, 0), 3)
    low, high = blurred.min(), blurred.max()
    texture = ((blurred - low) / (high - low) * 255).astype(np.uint8)
    frames = np.stack(
        [np.repeat(texture[20 + t : 84 + t, 20 - 2 * t : 84 - 2 * t, None], 3, 2) for t in range(3)]
    )
    flow = clip_flow(frames, method)
    assert flow.shape == (3, 64, 64, 2)
    x, y = np.median(flow[:, 8:-8, 8:-8], axis=(0, 1, 2)) * 20
    assert (x, y) == (pytest.approx(2, abs=0.25), pytest.approx(-1, abs=0.25))


def test_nothing_moves_in_a_still_clip_and_the_flow_network_reads_any() -> None:
    video = torch.zeros(2, 3, 24, 32, 32)
    flow = flow_view(video)
    assert flow.shape == (2, 2, 24, 32, 32)
    assert float(flow.abs().max()) < 1e-3
    assert FlowNetwork(5, width=0.125).eval()(flow).shape == (2, 5)


def test_mars_teaches_the_student_and_not_the_teacher() -> None:
    student = torch.randn(4, 16, requires_grad=True)
    teacher = torch.randn(4, 16, requires_grad=True)
    logits, labels = torch.randn(4, 5), torch.tensor([0, 1, 2, 3])
    plain = mars_loss(logits, labels, teacher.detach(), teacher)
    loss = mars_loss(logits, labels, student, teacher)
    loss.backward()
    assert student.grad is not None
    assert teacher.grad is None
    assert float(plain) == pytest.approx(float(torch.nn.functional.cross_entropy(logits, labels)))
    distance = (student - teacher).square().mean()
    assert float((loss - plain).detach()) == pytest.approx(50 * float(distance.detach()), rel=1e-4)
