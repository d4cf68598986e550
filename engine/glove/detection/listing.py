"""What gloves are here: on serial ports, Bluetooth, the laboratory's streams and the network."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from engine.glove.detection.ble_profiles import advertised_profile, ble_profiles
from engine.glove.detection.ble_scan import BleScan
from engine.glove.detection.mdns import find_services
from engine.glove.detection.network_scan import OSC_PORTS, hear_announcements, hear_osc
from engine.glove.detection.ports import SerialPort, list_serial_ports
from engine.glove.recipes.recipe import Recipe
from engine.glove.spec import LOOPBACK, GloveSpec, Transport
from engine.messages import Message, reason_of

PLACES: tuple[Transport, ...] = ("serial", "ble", "lsl", "osc", "phone", "tcp")

_EVERY_S = 1.0
_LSL_WAIT_S = 1.0
_FORGET_S = 5.0
_PHONES = "_websocket._tcp.local"
_PHONES_WAIT_S = 1.0
_STOP_S = 10.0


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """`id`: what it is remembered by; `title`: as 'WitMotion · COM3'; `note`: what a person should
    know before choosing it, if anything."""

    id: str
    spec: GloveSpec
    title: str
    note: Message | None = None

    @property
    def transport(self) -> Transport:
        return self.spec.transport


class GloveFinder:
    """Looks from `start` to `stop`, in threads of its own; opens nothing that is found. A place
    that this computer lacks is told by one line in `problems`, and the others are looked at."""

    def __init__(
        self,
        *,
        places: Collection[Transport] = PLACES,
        extra_ports: Callable[[], Iterable[SerialPort]] = tuple,
        listen_on: str = LOOPBACK,
        osc_ports: Collection[int] = OSC_PORTS,
        recipes: Iterable[Recipe] | None = None,
        ble_backend: Any = None,
    ) -> None:
        """`extra_ports`: serial ports that the system does not list. `listen_on`: for OSC and
        announcements; the loopback hears this computer alone. `recipes`: theirs whose profiles
        tell Bluetooth devices apart, ours by default. `ble_backend`: bleak's scanner where it is
        not the system's."""
        self._extra_ports, self._listen_on = extra_ports, listen_on
        self._osc_ports, self._recipes = tuple(osc_ports), recipes
        looks: dict[Transport, Callable[[], list[FoundDevice]]] = {
            "serial": self._serial,
            "lsl": _streams,
            "osc": self._osc,
            "tcp": self._announced,
            "phone": _phones,
        }
        self._searches = [
            _Search(place, looks[place]) for place in PLACES if place in places and place in looks
        ]
        self._ble = BleScan(ble_backend) if "ble" in places else None

    def start(self) -> None:
        for search in self._searches:
            search.start()
        if self._ble is not None:
            self._ble.start()

    def stop(self) -> None:
        """Twice, too, and before `start`. Nothing is held afterwards."""
        for search in self._searches:
            search.ask_to_stop()
        if self._ble is not None:
            self._ble.stop()
        for search in self._searches:
            search.stop()

    def leave(self) -> None:
        """As `stop`, for a caller who cannot wait until every place has been let go."""
        ends = threading.Thread(target=self.stop, name="signmirror-glove-finder-ends", daemon=True)
        ends.start()

    def found(self) -> tuple[FoundDevice, ...]:
        """What is here now, in the order of `PLACES`."""
        devices = [device for search in self._searches for device in search.found()]
        if self._ble is not None:
            devices += self._in_reach(self._ble)
        order = {place: number for number, place in enumerate(PLACES)}
        return tuple(sorted(devices, key=lambda device: (order[device.transport], device.title)))

    def problems(self) -> tuple[Message, ...]:
        """One line for each place that cannot be looked at."""
        told = [search.problem for search in self._searches]
        if self._ble is not None:
            told.append(self._ble.problem)
        return tuple(message for message in told if message is not None)

    def _serial(self) -> list[FoundDevice]:
        try:
            ports = list_serial_ports()
        except (OSError, ImportError) as error:
            raise _CannotLook(Message("glove.ports-failed", reason=reason_of(error))) from error
        found = {port.path: port for port in (*ports, *self._extra_ports())}
        return [
            FoundDevice(
                str(port.identity or f"serial:{port.path}"),
                GloveSpec("serial", port.path),
                port.title,
            )
            for port in found.values()
        ]

    def _in_reach(self, scan: BleScan) -> list[FoundDevice]:
        profiles = ble_profiles(self._recipes)
        devices = []
        for seen in scan.seen():
            profile = advertised_profile(seen.name, seen.services, profiles)
            if profile is None:
                continue
            note = Message("glove.on-forearm", name=profile.title) if profile.forearm else None
            title = f"{profile.title} · {seen.name or seen.id}"
            devices.append(FoundDevice(f"ble:{seen.id}", GloveSpec("ble", seen.id), title, note))
        return devices

    def _osc(self) -> list[FoundDevice]:
        heard = hear_osc(self._osc_ports, host=self._listen_on)
        return [
            FoundDevice(
                f"osc:{port}", GloveSpec("osc", self._listen_on, port), f"OSC {address} · {port}"
            )
            for port, address in heard.items()
        ]

    def _announced(self) -> list[FoundDevice]:
        return [
            FoundDevice(
                f"x-io:{device.serial}",
                GloveSpec("tcp", device.host, device.port),
                f"{device.name} {device.serial} · {device.host}",
            )
            for device in hear_announcements(host=self._listen_on)
        ]


class _CannotLook(Exception):  # noqa: N818 - no mistake of ours
    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)


class _Search:
    """Looks again and again. What was not seen for some seconds is gone: whoever sends is not heard
    in every short while that is listened."""

    def __init__(self, name: str, look: Callable[[], list[FoundDevice]]) -> None:
        self.problem: Message | None = None
        self._look = look
        self._keep_s = 0.0 if name == "serial" else _FORGET_S
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._seen: dict[str, tuple[FoundDevice, float]] = {}
        self._thread = threading.Thread(
            target=self._work, name=f"signmirror-find-{name}", daemon=True
        )

    def start(self) -> None:
        self._thread.start()

    def ask_to_stop(self) -> None:
        self._stop.set()

    def stop(self) -> None:
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(_STOP_S)

    def found(self) -> list[FoundDevice]:
        with self._lock:
            return [device for device, _ in self._seen.values()]

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                devices = self._look()
                self.problem = None
            except _CannotLook as why:
                devices, self.problem = [], why.message
            except Exception as error:
                # A driver's or a library's: one place that fails must not end the others.
                devices = []
                self.problem = Message("glove.search-failed", reason=reason_of(error))
                threading.excepthook(
                    threading.ExceptHookArgs((type(error), error, error.__traceback__, None))
                )
            now = time.monotonic()
            with self._lock:
                kept = {
                    key: seen for key, seen in self._seen.items() if now - seen[1] < self._keep_s
                }
                self._seen = kept | {device.id: (device, now) for device in devices}
            self._stop.wait(_EVERY_S)


def _streams() -> list[FoundDevice]:
    try:
        import pylsl

        streams = pylsl.resolve_streams(_LSL_WAIT_S)
    except (ImportError, OSError, RuntimeError) as error:
        raise _CannotLook(Message("glove.no-lsl", reason=reason_of(error))) from error
    found = []
    for stream in streams:
        if stream.channel_format() == pylsl.cf_string or stream.channel_count() < 6:
            continue
        name = stream.source_id() or stream.name()
        title = f"{stream.name()} · {stream.hostname()}"
        found.append(FoundDevice(f"lsl:{name}", GloveSpec("lsl", name), title))
    return found


def _phones() -> list[FoundDevice]:
    try:
        services = find_services(_PHONES, _PHONES_WAIT_S)
    except OSError:
        # No network, so no phone in it; nobody misses one without having connected first.
        return []
    return [
        FoundDevice(
            f"phone:{service.name}",
            GloveSpec("phone", service.host, service.port),
            f"{service.name} · {service.host}",
        )
        for service in services
    ]
