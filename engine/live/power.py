"""Whether the computer runs on its battery, and what may be spent then."""

from __future__ import annotations

from typing import Literal, get_args

import psutil

from engine.worker.scheduler import Budget

BudgetChoice = Literal["auto", "full", "balanced", "saving"]
"""`auto`: all there is on mains power, half on the battery."""

BUDGET_CHOICES: tuple[BudgetChoice, ...] = get_args(BudgetChoice)


def on_battery() -> bool:
    """False too where there is no battery, or the system does not tell."""
    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError, NotImplementedError):
        return False
    return battery is not None and battery.power_plugged is False


def budget_for(choice: BudgetChoice, *, battery: bool) -> Budget:
    """What may be spent now."""
    if choice == "auto":
        return "balanced" if battery else "full"
    return choice
