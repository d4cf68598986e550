"""Whatever a person writes after `--source` gives a source or one plain line."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from engine.sources.address import STREAM_SCHEMES
from engine.sources.cameras.camera import list_cameras
from engine.sources.errors import SourceError
from engine.sources.opening import open_source


def is_address(spec: str) -> bool:
    """Whether this text is a network address that can be played."""
    try:
        parts = urlsplit(spec)
    except ValueError:
        return False
    return parts.scheme.lower() in STREAM_SCHEMES and bool(parts.netloc)


beginnings = st.sampled_from(
    [
        *("", "reference:", "camera:", "~", "~/", "/dev/video", "/", "./", "C:\\", "-"),
        *("http:", "rtsp:/", "file:", "file://", "file:///", "htp://", "C://"),
    ]
)
endings = st.sampled_from(["", ".mp4", "/", ":", "*", "\n", "\0", "\udcff", "a" * 300])


def asks_a_camera(spec: str) -> bool:
    """Whether this names a camera of this computer, which a test leaves alone."""
    names = {camera.name.casefold() for camera in list_cameras()}
    return bool(names) and any(
        (spec.isdecimal(), spec.startswith("/dev/video"), spec.casefold() in names)
    )


@given(
    st.builds(
        lambda *parts: "".join(parts),
        beginnings,
        st.one_of(st.text(max_size=30), st.integers().map(str)),
        endings,
    )
)
@example("~nosuchuser/clip.mp4")
@example("~\0")
@example("reference:" + "a" * 300)
@example("٣")  # a digit, though not an ASCII one
@example("http://[::")
def test_any_text_is_a_source_or_one_plain_line(spec: str) -> None:
    assume(not is_address(spec.strip()) and not asks_a_camera(spec.strip()))
    answer = "opened"
    try:
        open_source(spec).close()
    except SourceError as error:
        answer = str(error)
    assert len(answer.splitlines()) == 1


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/", "rtsp://127.0.0.1:9/a b", "http://127.0.0.1:99999999/", "https://%00/"],
)
def test_an_address_where_nothing_answers_is_one_plain_line(address: str) -> None:
    with pytest.raises(SourceError) as caught:
        open_source(address)
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("spec", "answer"),
    [
        ("", "no source given"),
        ("clip that is not there.mp4", "there is no such file$"),
        ("/nowhere/at/all", "there is no such file$"),
        ("A camera nobody has", "no such file or camera"),
        ("99999", "99999: there is no such camera"),
    ],
)
def test_the_answer_says_what_was_looked_for(spec: str, answer: str) -> None:
    with pytest.raises(SourceError, match=answer):
        open_source(spec)
