"""What may be spent on mains power, and what on the battery."""

from __future__ import annotations

from types import SimpleNamespace

import psutil
import pytest

from engine.live.power import BUDGET_CHOICES, BudgetChoice, budget_for, on_battery
from engine.worker.scheduler import BUDGETS, Budget


@pytest.mark.parametrize(("battery", "budget"), [(False, "full"), (True, "balanced")])
def test_by_itself_it_saves_on_the_battery_alone(battery: bool, budget: Budget) -> None:
    assert budget_for("auto", battery=battery) == budget


@pytest.mark.parametrize("battery", [False, True])
@pytest.mark.parametrize("choice", BUDGETS)
def test_what_a_person_chose_is_spent_wherever_the_power_comes_from(
    choice: BudgetChoice, battery: bool
) -> None:
    assert budget_for(choice, battery=battery) == choice


def test_every_budget_can_be_chosen() -> None:
    assert set(BUDGET_CHOICES) == {"auto", *BUDGETS}


def test_this_very_computer_can_be_asked() -> None:
    assert on_battery() in (True, False)


@pytest.mark.parametrize(("plugged", "expected"), [(True, False), (False, True), (None, False)])
def test_a_battery_counts_only_when_it_is_what_the_computer_runs_on(
    monkeypatch: pytest.MonkeyPatch, plugged: bool | None, expected: bool
) -> None:
    told = SimpleNamespace(percent=50, power_plugged=plugged)
    monkeypatch.setattr(psutil, "sensors_battery", lambda: told, raising=False)
    assert on_battery() is expected


def test_a_system_that_does_not_tell_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(psutil, "sensors_battery", raising=False)
    assert on_battery() is False
