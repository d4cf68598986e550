"""The graph network against its paper: size, graph, what begins as nothing, what is learnt."""

from __future__ import annotations

import pytest
import torch

from engine.landmarks.skeletons import SKELETONS, Skeleton
from engine.models.aagcn import PLAN, LandmarkNetwork, adjacency, with_bones_and_motion

SKELETON = SKELETONS["hands_and_arms"]
CHAIN = Skeleton(
    "ntu",
    ("left_shoulder", "right_shoulder", *(f"joint_{i}" for i in range(23))),
    tuple(
        zip(
            ("left_shoulder", "right_shoulder", *(f"joint_{i}" for i in range(22))),
            ("right_shoulder", *(f"joint_{i}" for i in range(23))),
            strict=True,
        )
    ),
)
"""As many joints as the paper's set has."""


def clips(batch: int = 2, steps: int = 24, skeleton: Skeleton = SKELETON) -> torch.Tensor:
    generator = torch.Generator().manual_seed(0)
    made = torch.randn(batch, 3, steps, len(skeleton.joints), generator=generator)
    made[:, 2] = 1
    return made


def test_at_full_width_it_has_the_papers_size() -> None:
    """3.78 million for one of its four streams, with 25 joints and 60 classes."""
    count = sum(p.numel() for p in LandmarkNetwork(CHAIN, 60).parameters())
    assert count == pytest.approx(3.78e6, rel=0.02)


def test_ten_blocks_as_published() -> None:
    assert [channels for channels, _ in PLAN] == [64] * 4 + [128] * 3 + [256] * 3
    assert [i + 1 for i, (_, stride) in enumerate(PLAN) if stride == 2] == [5, 8]
    assert LandmarkNetwork(SKELETON, 14).feature_size == 256


def test_what_signs_are_compared_by_keeps_their_beginning_middle_and_end() -> None:
    network = LandmarkNetwork(SKELETON, 3, width=0.125).eval()
    with torch.no_grad():
        embedding, features = network.embedding(clips())
        assert embedding.shape == (2, network.embedding_size) == (2, 3 * (16 + 32))
        assert torch.allclose(features, network.features(clips()), atol=1e-5)
        backwards, _ = network.embedding(clips().flip(2))
    assert not torch.allclose(embedding, backwards, atol=1e-3)


def test_the_graph_has_the_hand_counted_bones() -> None:
    graph = adjacency(46, SKELETON.bone_indices)
    itself, inwards, outwards = graph
    assert torch.equal(itself, torch.eye(46))
    assert int((inwards > 0).sum()) == int((outwards > 0).sum()) == 45
    assert torch.equal(inwards > 0, (outwards > 0).T)
    assert graph.isfinite().all()
    assert set(graph.sum(dim=1).flatten().tolist()) <= {0.0, 1.0}
    wrist = SKELETON.index("left_wrist")
    # Five fingers hang on a wrist, and the wrist hangs on the elbow.
    assert int((outwards[:, wrist] > 0).sum()) == 5
    assert (inwards[:, wrist] > 0).nonzero().flatten().tolist() == [SKELETON.index("left_elbow")]


@pytest.mark.parametrize("steps", [8, 24, 37])
@pytest.mark.parametrize("name", sorted(SKELETONS))
def test_any_length_and_joint_set_gives_logits(name: str, steps: int) -> None:
    skeleton = SKELETONS[name]
    network = LandmarkNetwork(skeleton, 5, width=0.125).eval()
    assert network(clips(2, steps, skeleton)).shape == (2, 5)


def test_gradients_reach_every_weight_once_the_blocks_are_awake() -> None:
    torch.manual_seed(0)
    # Wide enough that no layer of few neurons is silent by chance.
    network = LandmarkNetwork(SKELETON, 5, width=0.5)
    # alpha and the attentions begin at nothing, as published.
    assert all(block.graph.alpha.item() == 0 for block in network.blocks)
    with torch.no_grad():
        for block in network.blocks:
            block.graph.alpha.fill_(0.1)
            for layer in (block.attention.temporal, block.attention.excite):
                layer.weight.normal_(0, 0.1)
    network(clips(4)).square().sum().backward()
    silent = [name for name, p in network.named_parameters() if not p.grad.abs().sum() > 0]
    # What only shifts a channel is taken out again by the normalisation behind it.
    assert all(name.endswith("bias") for name in silent), silent


def test_bones_and_motion_by_hand() -> None:
    skeleton = SKELETONS["upper_body"]
    places = torch.zeros(1, 3, 2, 7)
    places[:, 2] = 1
    elbow, hand = skeleton.index("left_elbow"), skeleton.index("left_hand")
    places[0, :2, :, elbow] = torch.tensor([[1.0, 1.0], [2.0, 2.0]])
    places[0, :2, :, hand] = torch.tensor([[4.0, 9.0], [6.0, 6.0]])
    parents = LandmarkNetwork(skeleton, 2, width=0.0625).parents
    seen = with_bones_and_motion(places, parents)
    assert seen[0, 2:4, 0, hand].tolist() == [3.0, 4.0]
    assert seen[0, 4:6, :, hand].tolist() == [[0.0, 5.0], [0.0, 0.0]]
    assert seen[0, 6:8, :, hand].tolist() == [[0.0, 5.0], [0.0, 0.0]]


def test_what_was_never_seen_has_no_bones_and_no_motion() -> None:
    places = clips(1)
    hand = SKELETON.index("left_thumb_tip")
    places[:, 2, :, hand] = 0
    parents = LandmarkNetwork(SKELETON, 2, width=0.0625).parents
    assert not with_bones_and_motion(places, parents)[:, :, :, hand].any()


@pytest.mark.slow
def test_it_learns_to_tell_two_movements_apart() -> None:
    torch.manual_seed(0)
    network = LandmarkNetwork(SKELETONS["upper_body"], 2, width=0.125)
    rng = torch.Generator().manual_seed(1)
    labels = torch.arange(32) % 2
    places = 0.1 * torch.randn(32, 3, 16, 7, generator=rng)
    places[:, 2] = 1
    # One raises the right hand, the other lowers it; they begin and end at random heights.
    slope = torch.linspace(-1, 1, 16) * (1 - 2 * labels)[:, None]
    places[:, 1, :, 5] += slope + torch.randn(32, 1, generator=rng)
    optimiser = torch.optim.AdamW(network.parameters(), lr=5e-3)
    for _ in range(25):
        loss = torch.nn.functional.cross_entropy(network(places), labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    network.eval()
    assert (network(places).argmax(dim=1) == labels).float().mean() > 0.95
