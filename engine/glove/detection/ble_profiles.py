"""Which of our profiles a Bluetooth device fits."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from engine.glove.recipes.recipe import BleProfile, Recipe, load_recipes

_ANY_NAME = "*"


def ble_profiles(recipes: Iterable[Recipe] | None = None) -> tuple[BleProfile, ...]:
    """Those among `recipes`, else ours."""
    known = load_recipes() if recipes is None else recipes
    return tuple(recipe for recipe in known if isinstance(recipe, BleProfile))


def advertised_profile(
    name: str, services: Collection[str], profiles: Iterable[BleProfile]
) -> BleProfile | None:
    """By what a device says of itself before anyone connects: its name, or a service. Many leave
    out their services; by a name that fits anything, none is chosen then."""
    told = frozenset(service.lower() for service in services)
    fitting = [
        profile
        for profile in profiles
        if (profile.service in told and profile.fits(name, told))
        or (profile.device_name != _ANY_NAME and profile.fits(name, None))
    ]
    return min(fitting, key=_vagueness, default=None)


def connected_profile(
    name: str,
    services: Collection[str],
    characteristics: Collection[str],
    profiles: Iterable[BleProfile],
) -> BleProfile | None:
    """By what it really has, once it is connected."""
    has = frozenset(uuid.lower() for uuid in characteristics)
    told = frozenset(service.lower() for service in services)
    fitting = [
        profile
        for profile in profiles
        if profile.fits(name, told) and all(c.uuid in has for c in profile.characteristics)
    ]
    return min(fitting, key=_vagueness, default=None)


def _vagueness(profile: BleProfile) -> tuple[bool, bool]:
    return profile.device_name == _ANY_NAME, profile.service is None
