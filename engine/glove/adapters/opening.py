"""From what was written to a connection."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.glove.adapters.adapter import GloveAdapter
from engine.glove.reading import Reading
from engine.glove.recipes.recipe import BleProfile, FramedRecipe, Recipe, TextRecipe
from engine.glove.spec import GloveSpec, GloveSpecError
from engine.messages import Message


def open_adapter(
    spec: GloveSpec,
    on_readings: Callable[[Sequence[Reading]], None],
    *,
    recipe: Recipe | None = None,
    may_write: bool = False,
) -> GloveAdapter:
    """Not started yet; nothing is opened here. `recipe`: what the device sends, where somebody said
    so; GloveSpecError where it cannot be sent that way. `may_write`: a person agreed to what
    changes a Bluetooth device's settings."""
    # Each brings a library of its own, and only one of them is needed.
    match spec.transport:
        case "serial":
            from engine.glove.adapters.serial_port import SerialAdapter

            return SerialAdapter(on_readings, spec.name, recipe=_of_bytes(spec, recipe))
        case "tcp":
            from engine.glove.adapters.tcp import TcpAdapter

            stream = _of_bytes(spec, recipe)
            return TcpAdapter(on_readings, spec.name, spec.port, recipe=stream)
        case "udp":
            from engine.glove.adapters.datagrams import UdpAdapter

            stream = _of_bytes(spec, recipe)
            return UdpAdapter(on_readings, spec.port, host=spec.name, recipe=stream)
        case "osc":
            from engine.glove.adapters.datagrams import OscAdapter

            return OscAdapter(on_readings, spec.port, host=spec.name)
        case "lsl":
            from engine.glove.adapters.lsl import LslAdapter

            return LslAdapter(on_readings, spec.name)
        case "ble":
            from engine.glove.adapters.ble import BleAdapter

            profile = recipe if isinstance(recipe, BleProfile) else None
            if recipe is not profile:
                raise _wrong_recipe(spec, recipe)
            return BleAdapter(on_readings, spec.name, profile=profile, may_write=may_write)
        case "phone":
            from engine.glove.adapters.sensor_server import SensorServerAdapter

            return SensorServerAdapter(on_readings, spec.name, spec.port)
        case "logger":
            from engine.glove.adapters.sensor_logger import SensorLoggerAdapter

            return SensorLoggerAdapter(on_readings, spec.port, host=spec.name)
        case "replay":
            from engine.glove.adapters.replay import ReplayAdapter

            return ReplayAdapter(on_readings, spec.name)


def _of_bytes(spec: GloveSpec, recipe: Recipe | None) -> TextRecipe | FramedRecipe | None:
    if isinstance(recipe, BleProfile):
        raise _wrong_recipe(spec, recipe)
    return recipe


def _wrong_recipe(spec: GloveSpec, recipe: Recipe | None) -> GloveSpecError:
    name = recipe.name if recipe else ""
    return GloveSpecError(Message("glove.recipe-elsewhere", spec=spec, name=name))
