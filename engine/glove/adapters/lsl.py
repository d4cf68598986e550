"""A stream of the Lab Streaming Layer, by its name or its source's id."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Sequence
from typing import Any

from engine.glove.adapters.lsl_channels import ChannelPlan, plan_channels
from engine.glove.adapters.threaded import POLL_S, Absent, Refused, ThreadedAdapter
from engine.glove.reading import Reading
from engine.messages import Message, reason_of

_RESOLVE_S = 0.5
_ANSWER_S = 2.0
_KEPT_S = 10
"""Samples that the library keeps while we are busy."""
_AT_ONCE = 256
_CORRECTED_EVERY_S = 1.0
_OWN_CLOCK_S = 10.0
_LOOK_AGAIN_S = 1.0


class LslAdapter(ThreadedAdapter):
    """Stamps that keep LSL's clock become those of `time.perf_counter()`; a source with a clock of
    its own (seen: Unix time) keeps its stamps, as a device's.

    A source that vanished is recognised by its id, and by its name where it has none. We look for
    it ourselves: how long the library takes for that is nowhere said.
    """

    def __init__(self, on_readings: Callable[[Sequence[Reading]], None], name: str) -> None:
        """`name`: the stream's name or its source's id."""
        super().__init__(on_readings, f"lsl:{name}", f"LSL {name}")
        self._name = name
        self._inlet: Any = None
        self._uid = ""
        self._plan: ChannelPlan | None = None
        self._correction_s = 0.0
        """What is added to the source's LSL clock to make it this computer's."""
        self._to_host_s = self._corrected_s = self._looked_s = 0.0

    def _open(self) -> None:
        try:
            import pylsl
        except (ImportError, OSError, RuntimeError) as error:
            raise Refused(Message("glove.no-lsl", reason=reason_of(error))) from error
        info = self._find()
        if info is None:
            raise Absent(Message("glove.no-stream", name=self._name))
        try:
            inlet = self._inlet = pylsl.StreamInlet(info, max_buflen=_KEPT_S, recover=False)
            full = inlet.info(_ANSWER_S)
        except (TimeoutError, RuntimeError) as error:
            raise Absent(Message("glove.no-stream", name=self._name)) from error
        self._uid = info.uid()
        count = full.channel_count()
        if full.channel_format() == pylsl.cf_string:
            count = 0
        labels, units = full.get_channel_labels() or [], full.get_channel_units() or []
        self._plan = plan_channels(full.name(), count, labels, units)
        if self._plan is None:
            raise Refused(Message("glove.stream-channels", name=self._name))
        if full.source_id():
            self._device_id = f"lsl:{full.source_id()}"
        self._detail = f"{count} × {full.nominal_srate():g} Hz"
        # The first answer takes most of a second: it is waited for before samples come.
        self._correction_s = 0.0
        self._correct(_ANSWER_S)
        try:
            inlet.open_stream(_ANSWER_S)
        except (TimeoutError, RuntimeError) as error:
            raise Absent(Message("glove.no-stream", name=self._name)) from error

    def _read(self) -> None:
        inlet = self._inlet
        try:
            values, stamp_s = inlet.pull_sample(POLL_S)
            if values is None:
                self._look_again(time.perf_counter())
                return
            samples, stamps = [values], [stamp_s]
            # Asked first: pulling many costs ten times as much as asking, and there is seldom more.
            if inlet.samples_available():
                more, their_stamps = inlet.pull_chunk(0.0, _AT_ONCE)
                samples += more
                stamps += their_stamps
        except RuntimeError as error:
            raise Absent from error
        self._take(samples, stamps, time.perf_counter())

    def _take(
        self, samples: Sequence[Sequence[float]], stamps: Sequence[float], arrival_s: float
    ) -> None:
        self._heard(len(samples))
        if arrival_s - self._corrected_s > _CORRECTED_EVERY_S:
            self._correct(0.0)
        to_host_s = self._to_host_s
        if abs(stamps[-1] + to_host_s - arrival_s) > _OWN_CLOCK_S:
            # Its stamps are none of LSL's clock.
            to_host_s = 0.0
        assert self._plan is not None
        readings: list[Reading] = []
        for values, stamp_s in zip(samples, stamps, strict=True):
            new = self._plan.readings(values, arrival_s, stamp_s + to_host_s)
            if not new:
                self._note("not-finite")
            readings.extend(new)
        self._hand_on(readings)

    def _shut(self) -> None:
        # The library ends its threads, and lets go of its ports, when the inlet is collected.
        self._inlet = None

    def _correct(self, wait_s: float) -> None:
        import pylsl

        # What was known before is a better guess than none.
        with contextlib.suppress(TimeoutError, RuntimeError):
            self._correction_s = self._inlet.time_correction(wait_s)
        now_s = self._corrected_s = time.perf_counter()
        self._to_host_s = self._correction_s + now_s - pylsl.local_clock()

    def _look_again(self, now_s: float) -> None:
        """A source that was switched off without a word may be back under another uid."""
        if now_s - max(self._heard_s, self._looked_s) < _LOOK_AGAIN_S:
            return
        info = self._find()
        self._looked_s = time.perf_counter()
        if info is not None and info.uid() != self._uid:
            raise Absent

    def _find(self) -> Any:
        import pylsl

        quote = '"' if "'" in self._name else "'"
        if quote in self._name:
            raise Refused(Message("glove.no-stream", name=self._name))
        name = f"{quote}{self._name}{quote}"
        found = pylsl.resolve_bypred(f"source_id={name} or name={name}", 1, _RESOLVE_S)
        found.sort(key=lambda info: (info.source_id() != self._name, -info.created_at()))
        return found[0] if found else None
