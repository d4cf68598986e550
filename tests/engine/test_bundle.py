"""A bundle is verified, and what is wrong with it is said in one line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from engine.bundle import FORMAT_VERSION, BundleError, list_bundles, load_bundle
from engine.paths import BUNDLES
from engine.runtime.bundle_networks import BundleNetworks, choose_device


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUNDLES / "asl20", tmp_path / "asl20"))


def change_card(folder: Path, **changes: object) -> None:
    card = json.loads((folder / "card.json").read_text("utf-8"))
    (folder / "card.json").write_text(json.dumps(card | changes), "utf-8")


def refused(folder: Path) -> str:
    with pytest.raises(BundleError) as caught:
        load_bundle(folder)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_the_shipped_bundle_is_whole() -> None:
    bundle = load_bundle("asl20")
    assert len(bundle.card.vocabulary) == 20
    assert bundle.card.language == "ase"
    record = bundle.card.training
    sides = [set(record.train_signers), set(record.validation_signers), set(record.test_signers)]
    assert sum(map(len, sides)) == len(set.union(*sides)) == 28
    names = [entry.name for entry in list_bundles()]
    assert names == ["arsl10", "asl20", "ksl13", "vsl-letters", "vsl3161"]


def test_one_changed_byte_is_found(copy: Path) -> None:
    file = copy / "video.safetensors"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert "video.safetensors" in refused(copy)


def test_a_newer_format_is_refused(copy: Path) -> None:
    change_card(copy, format_version=FORMAT_VERSION + 1)
    message = refused(copy)
    assert "card.json" in message
    assert "newer" in message


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "sensor.safetensors").unlink()
    assert "sensor.safetensors" in refused(copy)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"format_version": 1}', "\ufeff"])
def test_a_card_that_is_none_is_refused(copy: Path, content: str) -> None:
    (copy / "card.json").write_text(content, "utf-8")
    assert "card.json" in refused(copy)


def test_a_card_cannot_name_files_outside_its_folder(copy: Path) -> None:
    change_card(copy, files={"../video.safetensors": "0" * 64})
    assert "card.json" in refused(copy)


def test_an_unknown_name_tells_what_there_is() -> None:
    with pytest.raises(BundleError, match="asl20"):
        load_bundle("no such vocabulary")


def test_weights_of_another_width_are_named(copy: Path) -> None:
    card = json.loads((copy / "card.json").read_text("utf-8"))
    card["networks"]["video"]["width"] = 0.25
    (copy / "card.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(BundleError, match=r"video\.safetensors"):
        BundleNetworks(load_bundle(copy), choose_device("cpu"))


def test_it_is_said_which_bundles_can_be_taught() -> None:
    teachable = {entry.name: entry.teachable for entry in list_bundles()}
    for name, can in teachable.items():
        assert can is load_bundle(name).card.teachable, name
    assert {True, False} <= set(teachable.values())


def test_a_folder_beside_the_program_does_not_stand_in_for_a_shipped_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "asl20").mkdir()
    shutil.copytree(BUNDLES / "ksl13", tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    assert load_bundle("asl20").folder == BUNDLES / "asl20"
    # One that does not come with SignMirror may be named without a path.
    assert load_bundle("mine").card.name == "ksl13"


@pytest.mark.parametrize("spelling", ["./asl20", "asl20/", "./asl20/card.json", "absolute", "path"])
def test_a_path_is_always_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spelling: str
) -> None:
    own = tmp_path / "asl20"
    shutil.copytree(BUNDLES / "ksl13", own)
    monkeypatch.chdir(tmp_path)
    asked: str | Path = spelling
    if spelling == "absolute":
        asked = str(own)
    elif spelling == "path":
        # What `--out asl20` becomes in training.
        asked = Path("asl20")
    bundle = load_bundle(asked)
    assert bundle.card.name == "ksl13"
    assert bundle.folder.resolve() == own.resolve()


@pytest.mark.parametrize("spelling", ["./asl20", "sub/asl20", "."])
def test_a_path_that_is_no_bundle_is_not_taken_for_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spelling: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BundleError):
        load_bundle(spelling)


def sensor_alone(folder: Path, **sensor: object) -> Path:
    """asl20's card without anything that looks at pictures."""
    card = json.loads((folder / "card.json").read_text("utf-8"))
    networks = {"sensor": card["networks"]["sensor"]}
    change_card(
        folder,
        networks=networks,
        clip=card["clip"] | {"view": "sensor", "size": 0},
        fusion={
            "method": "late", "temperatures": {}, "weights": {"sensor_measured": 1.0}
        },
        sensor=card["sensor"] | sensor,
        files={networks["sensor"]["file"]: card["files"][networks["sensor"]["file"]]},
    )  # fmt: skip
    return folder


def test_a_bundle_may_be_a_glove_alone(copy: Path) -> None:
    card = load_bundle(sensor_alone(copy)).card
    assert not card.needs_camera and card.networks.video is None
    assert card.sensor is not None and card.sensor.channels == 12
    (entry,) = list_bundles(copy.parent)
    assert not entry.needs_camera


def test_angles_of_fingers_are_two_channels_each(copy: Path) -> None:
    flat = {"angles": 12, "mean": [0.0] * 24, "std": [1.0] * 24}
    card = load_bundle(sensor_alone(copy, **flat)).card
    assert card.sensor is not None and card.sensor.channels == 24
    assert "24 channels" in refused(sensor_alone(copy, angles=12, mean=[0.0] * 12, std=[1.0] * 12))


def test_one_wrist_has_six_channels(copy: Path) -> None:
    card = json.loads((copy / "card.json").read_text("utf-8"))
    six = {key: card["sensor"][key][:6] for key in ("mean", "std")}
    change_card(copy, sensor=card["sensor"] | six | {"wrists": ["right"]})
    loaded = load_bundle(copy).card.sensor
    assert loaded is not None and loaded.channels == 6 and loaded.wrists == ("right",)
    change_card(copy, sensor=card["sensor"] | {"wrists": ["right"]})
    assert "6 channels" in refused(copy)
    change_card(copy, sensor=card["sensor"] | {"wrists": ["right", "left"]})
    assert "wrists" in refused(copy)


def test_a_view_of_nothing_needs_its_sensor_and_no_picture(copy: Path) -> None:
    card = json.loads((copy / "card.json").read_text("utf-8"))
    change_card(copy, clip=card["clip"] | {"view": "sensor", "size": 0})
    assert "belong together" in refused(copy)
    change_card(copy, clip=card["clip"] | {"view": "sensor"})
    assert "pixels" in refused(copy)


def test_older_formats_are_read(copy: Path) -> None:
    card = json.loads((copy / "card.json").read_text("utf-8"))
    card["networks"].pop("measured", None)
    for key in ("wrists", "angles", "gyro_axes"):
        card["sensor"].pop(key, None)
    change_card(copy, format_version=4, networks=card["networks"], sensor=card["sensor"])
    loaded = load_bundle(copy).card
    assert loaded.networks.measured is None
    assert loaded.sensor is not None and loaded.sensor.wrists == ("left", "right")
