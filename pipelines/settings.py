"""Settings: one frozen record from ``yulu.toml``, a sample's own file, and defaults.

Nothing here is policy: numbers that a document decides live in ``schemas/policy``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.errors import UsageError

ROOT = Path(__file__).parents[1]
SAMPLE_FILE = "sample.toml"
HOME_PROVINCE = "14"  # where nothing tells the county


@dataclass(frozen=True)
class Limits:
    """Thresholds of doubt; shares are fractions of one, days are calendar days."""

    fresh_days: float = 62
    shrink_share: float = 0.1
    close_shrink_share: float = 0.02
    close_shrink_rows: float = 2
    payment_cover_share: float = 0.5
    breaker_floor: float = 20
    breaker_share: float = 0.25
    breaker_county_factor: float = 10
    hold_back_share: float = 0.5
    scope_age_from: float = 14
    scope_age_to: float = 30
    public_least_count: float = 5
    drift_rows: float = 5
    drift_pair_rows: float = 3
    drift_share: float = 0.5
    drift_own_share: float = 0.2
    drift_fit_share: float = 0.8
    drift_twin_share: float = 0.1
    drift_older_share: float = 0.8
    dates_apart_days: float = 200
    grow_share: float = 0.3


@dataclass(frozen=True)
class Reading:
    """What one reading process may use, and how many run at a time.

    ``password_env`` names environment variables that hold passwords of workbooks and
    archives, tried in this order; passwords themselves stand in no file.
    """

    processes: int = 2
    seconds: float = 120
    memory_mib: int = 2048
    largest_mib: int = 512
    largest_inflated_mib: int = 1024
    still_seconds: float = 0
    password_env: tuple[str, ...] = ()


@dataclass(frozen=True)
class Visits:
    """What a team can carry: ``doors`` are households in its hands at one time.

    ``doors`` names teams that declared another number, "乡镇/村" or "乡镇" → households.
    Who was asked is not asked again within ``ask_again_days`` unless the evidence
    changed. Who waits is ranked by yuan; a day of waiting counts ``yuan_a_day``.
    """

    village_doors: float = 40
    township_doors: float = 200
    ask_again_days: float = 30
    yuan_a_day: float = 10
    doors: Mapping[str, float] = field(default_factory=dict)

    @property
    def numbers(self) -> dict[str, float]:
        """The single numbers by name."""
        return {k: v for k, v in vars(self).items() if isinstance(v, int | float)}


@dataclass(frozen=True)
class Schedule:
    """When the night runs by itself; ``port`` is where its server listens, locally."""

    at: str = "02:00"
    timezone: str = "Asia/Shanghai"
    port: int = 4217


Section = Limits | Reading | Visits | Schedule


@dataclass(frozen=True)
class Settings:
    """Everything a run needs to know besides its inputs."""

    county_code: str = ""
    county: str = ""
    office: str = "县农业农村局"
    province_code: str = ""
    contact: str = ""
    deadline_days: int = 10
    raw: Path = ROOT / "data" / "raw"
    out: Path = ROOT / "data" / "out"
    headings: Path = ROOT / "headings.toml"
    as_of: date | None = None
    is_sample: bool = False
    known_areas: tuple[str, ...] = ()
    threads: int = 2
    memory_mib: int = 4096
    limits: Limits = field(default_factory=Limits)
    reading: Reading = field(default_factory=Reading)
    visits: Visits = field(default_factory=Visits)
    schedule: Schedule = field(default_factory=Schedule)
    passwords: Mapping[str, str] = field(default_factory=dict)

    @property
    def province(self) -> str:
        """By whose policy the county is judged: as set, else that of its code."""
        return self.province_code or self.county_code[:2] or HOME_PROVINCE


def load(
    file: Path | None = None, raw: Path | None = None, out: Path | None = None
) -> Settings:
    """The settings of a run; raises UsageError naming an unknown key or bad value.

    A folder that carries ``sample.toml`` is the invented county: its facts win.
    """
    path = file or ROOT / "yulu.toml"
    settings = (
        _apply(Settings(), _read(path), path.name) if path.is_file() else Settings()
    )
    settings = replace(
        settings,
        raw=(raw or settings.raw).absolute(),
        out=(out or settings.out).absolute(),
    )
    samples = sorted(settings.raw.glob(SAMPLE_FILE)) + sorted(
        settings.raw.glob(f"*/{SAMPLE_FILE}")
    )
    if samples:
        settings = _apply(settings, _read(samples[0]), SAMPLE_FILE)
        settings = replace(settings, is_sample=True)
    # what we locked ourselves comes back locked
    own = (*settings.reading.password_env, *sorted(settings.passwords.values()))
    reading = replace(settings.reading, password_env=tuple(dict.fromkeys(own)))
    return replace(settings, reading=reading)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UsageError(
            f"设置文件 {path.name} 无法读取，请检查格式（TOML，UTF-8）。"
        ) from None


def _apply(settings: Settings, given: dict[str, Any], name: str) -> Settings:
    known = {f.name: f for f in fields(Settings)}
    changes: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known or key == "is_sample":
            raise UsageError(f"设置文件 {name} 中没有“{key}”这一项，请删去或改正。")
        current = getattr(settings, key)
        if isinstance(current, Section):
            changes[key] = _section(current, value, f"{name} [{key}]")
        elif isinstance(current, Path):
            changes[key] = (ROOT / value).absolute()
        elif isinstance(current, dict):
            changes[key] = _named(value, str, f"{name} [{key}]")
        elif isinstance(current, tuple):
            changes[key] = tuple(value)
        elif key == "as_of" and isinstance(value, str):
            changes[key] = date.fromisoformat(value)
        else:
            changes[key] = value
    return replace(settings, **changes)


def _section(current: Section, given: object, name: str) -> Section:
    if not isinstance(given, dict):
        raise UsageError(f"设置 {name} 应是一节，例如 [limits]。")
    unknown = sorted(set(given) - {f.name for f in fields(current)})
    if unknown:
        raise UsageError(f"设置 {name} 中没有“{unknown[0]}”这一项，请删去或改正。")
    changes: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in given.items()
    }
    for key, value in given.items():
        if isinstance(getattr(current, key), dict):
            changes[key] = _named(value, float, f"{name} {key}")
    return replace(current, **changes)


def _named(given: object, kind: type, name: str) -> dict[str, Any]:
    """A section of our user's own names, each with a text or a number."""
    wanted = (int, float) if kind is float else (kind,)
    if not isinstance(given, dict) or not all(
        isinstance(value, wanted) and not isinstance(value, bool)
        for value in given.values()
    ):
        what = "数字" if kind is float else "文字"
        raise UsageError(f"设置 {name} 应是一节，每行一个名字和一个{what}。")
    return {str(key): value for key, value in given.items()}
