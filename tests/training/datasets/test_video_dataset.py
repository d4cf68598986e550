"""Clips of video: labels, order and augmentation."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from training.datasets.video_dataset import VideoBatch, VideoDataset
from training.preparation.manifest import Manifest, PreparedClip
from training.preparation.prepared_set import PreparedSet

GLOSSES = ("bãi cỏ", "a", "b")
UNITS = ("g", "g", "g", "deg/s", "deg/s", "deg/s")


def made_up(n: int = 12) -> PreparedSet:
    """Clip i is as bright as its number; its sensor's first channel says the same."""
    glosses = [GLOSSES[i % 3] for i in range(n)]
    clips = tuple(
        PreparedClip(
            key=f"k{i:02d}",
            gloss=gloss,
            signer=f"s{i % 4}",
            file=f"{i}.webp",
            sha256="0",
            source="",
            imu=i != 5,
        )
        for i, gloss in enumerate(glosses)
    )
    manifest = Manifest(
        dataset="made up", size=16, frames=24, n_steps=32, quality=80, units=UNITS, clips=clips
    )
    frames = np.zeros((n, 24, 16, 16, 3), np.uint8)
    frames[:] = (np.arange(n) * 15)[:, None, None, None, None]
    samples = np.zeros((n, 6, 32), np.float32)
    samples[:, 0] = np.arange(n)[:, None]
    samples[:, 1] = np.sin(np.linspace(0, 6, 32))
    return PreparedSet(
        manifest,
        np.array([c.key for c in clips]),
        np.array(glosses),
        np.array([c.signer for c in clips]),
        frames,
        samples,
        np.array([c.imu for c in clips]),
    )


def clips(prepared: PreparedSet | None = None) -> VideoDataset:
    prepared = prepared or made_up()
    return VideoDataset(prepared, prepared.vocabulary, device=torch.device("cpu"))


def test_evaluation_shows_every_clip_once_unchanged_and_in_order() -> None:
    batches = list(clips().evaluation_batches(batch_size=5))
    assert torch.cat([b.index for b in batches]).tolist() == list(range(12))
    video = torch.cat([b.video(16) for b in batches])
    assert video.shape == (12, 3, 24, 16, 16)
    wanted = torch.arange(12) * 15 / 127.5 - 1
    assert torch.allclose(video.mean(dim=(1, 2, 3, 4)), wanted, atol=1e-5)
    samples = torch.cat([b.samples for b in batches])
    assert torch.allclose(samples[:, 0, 7], torch.arange(12.0))


def test_a_label_does_not_depend_on_the_order_of_files() -> None:
    prepared = made_up()
    order = np.random.default_rng(3).permutation(len(prepared))
    plain, shuffled = clips(prepared), clips(prepared.subset(order))
    assert prepared.vocabulary == prepared.subset(order).vocabulary == ("a", "b", "bãi cỏ")
    assert plain.labels[order].tolist() == shuffled.labels.tolist()


def test_an_epoch_is_every_clip_once_and_drawn_by_its_seed_alone() -> None:
    def epoch(seed: int) -> tuple[list[int], torch.Tensor]:
        batches = list(clips().training_batches(4, seed=seed, no_sign_share=0.0))
        return (
            torch.cat([b.index for b in batches]).tolist(),
            torch.cat([b.video(16) for b in batches]),
        )

    index, video = epoch(1)
    again, same = epoch(1)
    other, _ = epoch(2)
    assert sorted(index) == list(range(12))
    assert index == again != other
    assert torch.equal(video, same)
    assert video.min() >= -1
    assert video.max() <= 1


def test_the_light_changes_but_not_within_a_clip() -> None:
    batch = next(clips().training_batches(12, seed=0, no_sign_share=0.0))
    video = batch.video(16)
    per_clip = video.mean(dim=(3, 4))
    assert torch.allclose(per_clip.std(dim=2), torch.zeros(12, 3), atol=1e-4)
    plain = batch.index * 15 / 127.5 - 1
    assert (video.mean(dim=(1, 2, 3, 4)) - plain).abs().max() > 0.05


def test_sensor_epochs_leave_out_clips_without_a_sensor() -> None:
    batches = clips().training_batches(11, seed=0, no_sign_share=0.0, both_live=True)
    assert 5 not in torch.cat([b.index for b in batches]).tolist()
    statistics = clips().statistics()
    live = [i for i in range(12) if i != 5]
    assert float(statistics.mean[0]) == pytest.approx(np.mean(live))


def test_turning_a_sensor_keeps_the_length_of_what_it_feels() -> None:
    rng = torch.Generator().manual_seed(0)
    samples = torch.randn(64, 6, 32)
    turned = clips().augment_samples(samples, rng)
    before = samples.reshape(64, 2, 3, 32).norm(dim=2)
    after = turned.reshape(64, 2, 3, 32).norm(dim=2)
    ratio = after / before
    # One gain a clip and sensor, the same at every moment: rotations change no length.
    assert torch.allclose(ratio, ratio.mean(dim=2, keepdim=True).expand_as(ratio), atol=1e-3)
    assert 0.02 < float(ratio.mean(dim=2).std()) < 0.2


def test_training_and_evaluation_shrink_alike() -> None:
    """Fine grain must not come through brighter or finer in the clips that are learnt from."""
    rng = np.random.default_rng(0)
    grain = torch.from_numpy(rng.integers(0, 256, (2, 24, 48, 48, 3), np.uint8))
    same = torch.eye(2, 3).repeat(2, 1, 1)
    rest = (torch.zeros(2, 0, 8), torch.zeros(2, 1), torch.zeros(2), torch.arange(2))
    for size in (24, 16, 32, 48):
        learnt = VideoBatch(grain, same, None, *rest).video(size)
        tested = VideoBatch(grain, None, None, *rest).video(size)
        assert float(learnt.std()) == pytest.approx(float(tested.std()), rel=0.25), size
        if 48 % size == 0:
            assert torch.allclose(learnt, tested, atol=1e-4)
