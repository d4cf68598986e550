"""Sizes and shapes against the papers, through every network."""

from __future__ import annotations

import torch
from torch import nn

from engine.models.generator import Generator, generator_loss
from engine.models.i3d import I3D
from engine.models.inception_time import SensorEncoder
from engine.models.video_network import VideoNetwork


def parameters(network: nn.Module) -> int:
    return sum(p.numel() for p in network.parameters())


def test_i3d_has_the_published_size() -> None:
    # Carreira and Zisserman give 12.3 M for the RGB network without its classifier.
    assert parameters(I3D()) == 12_287_264


def test_i3d_keeps_the_published_strides() -> None:
    maps = I3D(width=0.125).eval().forward_maps(torch.zeros(1, 3, 24, 64, 64))
    assert maps["mixed_3c"].shape[2:] == (12, 8, 8)
    assert maps["mixed_4f"].shape[2:] == (6, 4, 4)
    assert maps["mixed_5c"].shape[2:] == (3, 2, 2)
    assert I3D().out_channels == 1024


def test_video_network_shapes() -> None:
    network = VideoNetwork(21, width=0.125).eval()
    clip = torch.randn(2, 3, 24, 32, 32)
    assert network.features(clip).shape == (2, 128)
    assert network(clip).shape == (2, 21)


def test_sensor_encoder_follows_inception_time() -> None:
    encoder = SensorEncoder(12, 21).eval()
    samples = torch.randn(3, 12, 48)
    assert encoder.features(samples).shape == (3, 128)
    assert encoder(samples).shape == (3, 21)
    assert len(encoder.modules_1d) == 6 and len(encoder.shortcuts) == 2
    kernels = [conv.kernel_size[0] for conv in encoder.modules_1d[0].wide]
    assert kernels == [40, 20, 10]


def test_generator_gives_feature_and_trace() -> None:
    feature, trace = Generator(12, 48, width=0.125).eval()(torch.randn(2, 3, 24, 32, 32))
    assert feature.shape == (2, 128)
    assert trace.shape == (2, 12, 48)


def test_label_gradient_reaches_the_generator_and_not_the_encoder() -> None:
    torch.manual_seed(0)
    generator, encoder = Generator(12, 48, width=0.125), SensorEncoder(12, 21).eval()
    encoder.requires_grad_(False)
    clips, samples = torch.randn(2, 3, 24, 32, 32), torch.randn(2, 12, 48)
    u_v, _ = generator(clips)
    u_s = encoder.features(samples)
    labels = torch.tensor([1, 2])
    # With u_v itself as the target, only the cross-entropy has a gradient left.
    loss = generator_loss(u_v, u_v, encoder.classify(u_v), labels)
    loss.backward()
    first = generator.backbone.stem.conv_1a.conv.weight.grad
    assert first is not None and float(first.abs().sum()) > 0
    assert all(p.grad is None for p in encoder.parameters())
    assert u_s.shape == u_v.shape


def test_generator_loss_takes_norms_per_sample() -> None:
    # Two samples whose norms err in opposite directions: over the batch the errors would cancel.
    measured = torch.zeros(2, 128)
    measured[:, 0] = 2.0
    generated = torch.zeros(2, 128)
    generated[0, 0], generated[1, 0] = 1.0, 3.0
    even = torch.zeros(2, 5)
    labels = torch.tensor([0, 0])
    huber = torch.nn.functional.huber_loss(generated, measured)
    label = torch.nn.functional.cross_entropy(even, labels)
    expected = 100 * (huber + 1.0) + 30 * label
    assert torch.isclose(generator_loss(generated, measured, even, labels), expected)
