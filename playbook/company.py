"""The canonical tables of a company: what they hold, how they are checked, loaded and saved.

A company is a folder: one Parquet file per table (a CSV file of the same name is read too), and `company.toml`.
Names, units and meanings are those of every figure, sentence and file of the kit. Dates are days (midnight, no time
zone), money is in the company's currency, shares are 0 to 1, durations are days.
"""

import tomllib
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import tomli_w

from playbook.atomic import make_private, write_beside
from playbook.circumstances import frame_of
from playbook.errors import UnusableInput
from playbook.escaping import plain

TEXT, DATE, NUMBER, WHOLE, FLAG = "text", "date", "number", "whole", "flag"
_DTYPES = {TEXT: "str", DATE: "datetime64[us]", NUMBER: "float64", WHOLE: "Int64", FLAG: "boolean"}

_KIND_IN_WORDS = {
    TEXT: "text",
    DATE: "day like 2026-03-31",
    NUMBER: "number",
    WHOLE: "whole number",
    FLAG: "true or false",
}
_YES_OR_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

ROLES = ("rep", "manager", "leader", "other")
OUTCOMES = ("open", "won", "lost")
KINDS = ("new", "renewal", "expansion")
FORECAST_CATEGORIES = ("omitted", "pipeline", "best_case", "commit", "closed")
LOST_TO = ("competitor", "no_decision", "other")

TABLES: Mapping[str, Mapping[str, str]] = {
    "people": {
        "person_id": TEXT,
        "name": TEXT,
        "role": TEXT,
        "job": TEXT,
        "manager_id": TEXT,
        "territory": TEXT,
        "segment": TEXT,
        "hired_on": DATE,
        "left_on": DATE,
        "promoted_on": DATE,
        "active": FLAG,
    },
    "opportunities": {
        "opportunity_id": TEXT,
        "rep_id": TEXT,
        "account": TEXT,
        "name": TEXT,
        "segment": TEXT,
        "region": TEXT,
        "source": TEXT,
        "product": TEXT,
        "kind": TEXT,
        "pipeline": TEXT,
        "stage": TEXT,
        "outcome": TEXT,
        "amount": NUMBER,
        "list_amount": NUMBER,
        "discount": NUMBER,
        "created_on": DATE,
        "closed_on": DATE,
        "expected_close_on": DATE,
        "lost_to": TEXT,
        "lost_reason": TEXT,
        "competitor": TEXT,
        "forecast_category": TEXT,
        "next_step": TEXT,
        "taken_over": FLAG,
    },
    "stages": {"pipeline": TEXT, "stage": TEXT, "position": WHOLE, "probability": NUMBER, "outcome": TEXT},
    "stage_history": {
        "opportunity_id": TEXT,
        "step": WHOLE,
        "stage": TEXT,
        "entered_on": DATE,
        "amount": NUMBER,
        "expected_close_on": DATE,
        "forecast_category": TEXT,
    },
    "activities": {"rep_id": TEXT, "opportunity_id": TEXT, "kind": TEXT, "on": DATE, "minutes": NUMBER},
    "quotas": {"rep_id": TEXT, "starts_on": DATE, "ends_on": DATE, "amount": NUMBER, "unit": TEXT},
    "coaching_log": {
        "manager_id": TEXT,
        "rep_id": TEXT,
        "on": DATE,
        "kind": TEXT,
        "minutes": NUMBER,
        "focus": TEXT,
    },
}

# The order of rows on disk and in memory: never by money or verdict, the same in every run.
_ROW_ORDER = {
    "people": ["person_id"],
    "opportunities": ["opportunity_id"],
    "stages": ["pipeline", "position", "stage"],
    "stage_history": ["opportunity_id", "step"],
    "activities": ["rep_id", "on", "opportunity_id", "kind", "minutes"],
    "quotas": ["rep_id", "starts_on"],
    "coaching_log": ["manager_id", "rep_id", "on", "kind"],
}
_REQUIRED = {"opportunities": ("opportunity_id", "rep_id", "outcome"), "people": ("person_id",)}
_ALLOWED = {
    ("people", "role"): ROLES,
    ("opportunities", "outcome"): OUTCOMES,
    ("opportunities", "kind"): KINDS,
    ("opportunities", "forecast_category"): FORECAST_CATEGORIES,
    ("opportunities", "lost_to"): LOST_TO,
    ("stage_history", "forecast_category"): FORECAST_CATEGORIES,
    ("stages", "outcome"): OUTCOMES,
}


@dataclass(frozen=True)
class Settings:
    """What is true of the whole company (`company.toml`).

    `currency` is empty when unknown: money is then shown without a sign. `simulated` marks a company that
    `playbook sample` made.
    """

    company_id: str = "company"
    name: str = "Company"
    currency: str = ""
    fiscal_year_starts: int = 1
    time_zone: str = "UTC"
    simulated: bool = False


@dataclass(frozen=True, eq=False)
class Company:
    """All canonical tables of a company; a table that the company does not have is empty, never missing.

    `circumstances` is what people said beside the data (`playbook.circumstances`); it is never saved with the tables.
    Its tables are never changed in place, so what is derived from them stays with this very object (`remembered`).
    """

    settings: Settings
    people: pd.DataFrame
    opportunities: pd.DataFrame
    stages: pd.DataFrame = field(default_factory=lambda: empty("stages"))
    stage_history: pd.DataFrame = field(default_factory=lambda: empty("stage_history"))
    activities: pd.DataFrame = field(default_factory=lambda: empty("activities"))
    quotas: pd.DataFrame = field(default_factory=lambda: empty("quotas"))
    coaching_log: pd.DataFrame = field(default_factory=lambda: empty("coaching_log"))
    circumstances: pd.DataFrame = field(default_factory=lambda: frame_of([]))
    derived: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        """What a copy for another process holds: the tables, not what was derived from them here."""
        return self.__dict__ | {"derived": {}}

    def table(self, name: str) -> pd.DataFrame:
        """The canonical table `name`."""
        return getattr(self, name)

    def has(self, *needs: str) -> bool:
        """Whether every need is met: a table with rows (`quotas`), a column with values (`opportunities.source`)."""
        return not self.missing(needs)

    def missing(self, needs: Iterable[str]) -> list[str]:
        """Those of `needs` that the company's data does not hold, in the order asked."""
        return [need for need in needs if not self._holds(need)]

    def _holds(self, need: str) -> bool:
        table, _, column = need.partition(".")
        frame = self.table(table)
        return bool(frame[column].notna().any()) if column else not frame.empty

    def with_tables(self, **tables: pd.DataFrame) -> "Company":
        """A copy of the company in which `tables` stand in place of its own, in canonical shape."""
        return replace(self, **{name: shaped(name, frame) for name, frame in tables.items()})


def empty(table: str) -> pd.DataFrame:
    """The canonical table without rows."""
    return _empty(table).copy(deep=False)


@cache
def _empty(table: str) -> pd.DataFrame:
    """The same, once: a small export lacks most tables, and each is asked for several times."""
    return pd.DataFrame({column: pd.Series(dtype=_DTYPES[kind]) for column, kind in TABLES[table].items()})


def shaped(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` as the canonical table: its columns, their types and row order; columns it lacks are filled as missing.

    Raises
    ------
    UnusableInput : if a column is unknown, or a value has not the column's type.
    """
    unknown = [column for column in frame.columns if column not in TABLES[table]]
    if unknown:
        raise UnusableInput(
            f"the column {unknown[0]!r} is not one of the table {table!r}.",
            where=table,
            remedy=f"Its columns are: {', '.join(TABLES[table])}.",
        )
    if not len(frame):
        return empty(table)
    columns = {
        column: _typed(frame[column], kind, where=f"{table}.{column}")
        if column in frame
        else pd.Series(index=frame.index, dtype=_DTYPES[kind])
        for column, kind in TABLES[table].items()
    }
    if table == "people":  # a name stands in pictures, too, where nothing escapes it: no mark may turn or hide it
        columns["name"] = columns["name"].map(plain, na_action="ignore").astype("str")
    shaped_frame = pd.DataFrame(columns)
    order = [c for c in _ROW_ORDER[table] if c in shaped_frame]
    return shaped_frame.sort_values(order, kind="stable", ignore_index=True)


def _typed(values: pd.Series, kind: str, where: str) -> pd.Series:
    as_text = values.dtype in ("object", "str")
    try:
        if kind == TEXT:
            if values.dtype == _DTYPES[TEXT]:  # as every table is that was shaped before
                return values
            return values.astype("str").where(values.notna(), None).astype("str")
        if kind == DATE:  # text is a day only as 2026-03-31: 03/04/2026 would be guessed at
            days = pd.to_datetime(values, format="ISO8601") if as_text else pd.to_datetime(values)
            return days.astype(_DTYPES[DATE]).dt.normalize()
        if kind == FLAG and as_text:
            return _flags(values)
        numbers = values.astype(_DTYPES[kind])
        if kind == NUMBER and np.isinf(numbers).any():
            raise ValueError("it is infinite")
        return numbers
    except (TypeError, ValueError) as error:
        why = str(error).partition("\n")[0].removesuffix(". You might want to try:")
        raise UnusableInput(
            f"a value is no {_KIND_IN_WORDS[kind]} ({why}).", where=where, remedy="Correct it and run again."
        ) from None


def _flags(values: pd.Series) -> pd.Series:
    """Yes and no as they are written; what is neither is refused, as a person whom it concerns would count as here."""
    texts = values.astype("str").str.strip().str.casefold()
    known = texts.map(_YES_OR_NO)
    strange = values[texts.notna() & known.isna()]
    if not strange.empty:
        raise ValueError(f"{strange.iloc[0]!r}")
    return known.astype(_DTYPES[FLAG])


def validate(company: Company) -> None:
    """Hold a company against what every other room relies on.

    Raises
    ------
    UnusableInput : if a required value is missing, an id is there twice, or a value is not one of those allowed.
    """
    for table, columns in _REQUIRED.items():
        for column in columns:
            if company.table(table)[column].isna().any():
                raise UnusableInput("a row has no value here.", where=f"{table}.{column}", remedy="Import it again.")
    for table, key in (("people", "person_id"), ("opportunities", "opportunity_id")):
        twice = company.table(table)[key].duplicated()
        if twice.any():
            example = company.table(table)[key][twice].iloc[0]
            raise UnusableInput(f"{example!r} is there more than once.", where=f"{table}.{key}", remedy="Keep one.")
    for (table, column), allowed in _ALLOWED.items():
        values = company.table(table)[column].dropna()
        strange = values[~values.isin(allowed)]
        if not strange.empty:
            raise UnusableInput(
                f"{strange.iloc[0]!r} is not one of {', '.join(allowed)}.",
                where=f"{table}.{column}",
                remedy="Correct it.",
            )


def is_company(folder: Path) -> bool:
    """Whether `folder` holds canonical tables (rather than export files that still have to be imported)."""
    return (folder / "company.toml").is_file() and _file_of(folder, "opportunities") is not None


def load(folder: Path) -> Company:
    """The company in `folder`.

    Raises
    ------
    UnusableInput : if the folder has no canonical tables, or they do not hold what they must.
    """
    if not is_company(folder):
        raise UnusableInput(
            "there are no canonical tables here.",
            where=str(folder),
            remedy="Make them with: python3 scripts/kit.py import EXPORT... --to COMPANY",
        )
    company = Company(
        settings=settings_from(_read_toml(folder / "company.toml"), where=str(folder / "company.toml")),
        **{table: read_table(folder, table) for table in TABLES},
    )
    validate(company)
    return company


def save(company: Company, folder: Path) -> None:
    """Write the company's tables and settings into `folder`, each file beside and then renamed."""
    make_private(folder)
    for table in TABLES:
        save_table(company.table(table), folder / f"{table}.parquet")
    save_toml(settings_as_dict(company.settings), folder / "company.toml")


def read_table(folder: Path, table: str) -> pd.DataFrame:
    """The canonical table `table` from `folder` (Parquet, else CSV); empty if there is no such file."""
    file = _file_of(folder, table)
    if file is None:
        return empty(table)
    try:
        if file.suffix == ".parquet":
            frame = pd.read_parquet(file)
        else:
            frame = pd.read_csv(file, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    except ValueError as error:  # what pandas and pyarrow raise for a file that is broken, empty or in another encoding
        why = str(error).partition("\n")[0].removesuffix(".")
        raise UnusableInput(f"cannot be read ({why}).", where=str(file), remedy="Make the tables again.") from None
    try:
        return shaped(table, frame)
    except UnusableInput as error:
        raise UnusableInput(error.what, where=f"{file}, {error.where}", remedy=error.remedy) from None


def save_table(frame: pd.DataFrame, file: Path) -> None:
    """Write one table as Parquet, beside and then renamed."""
    with write_beside(file) as beside:
        frame.to_parquet(beside, index=False)


def save_toml(values: Mapping[str, Any], file: Path) -> None:
    """Write a small file of settings, beside and then renamed."""
    with write_beside(file) as beside:
        beside.write_text(tomli_w.dumps(dict(values)), encoding="utf-8")


def settings_as_dict(settings: Settings) -> dict[str, Any]:
    """The settings as they stand in `company.toml`."""
    return {name: getattr(settings, name) for name in Settings.__dataclass_fields__}


def settings_from(values: Mapping[str, Any], where: str = "company.toml") -> Settings:
    """The settings in `values`; keys that are not the company's are left to whoever put them there.

    Raises
    ------
    UnusableInput : if a value cannot be what it says.
    """
    known = {key: values[key] for key in Settings.__dataclass_fields__ if key in values}
    for key, value in known.items():
        kind = type(getattr(Settings, key))
        if type(value) is not kind:
            example = {str: 'a text in quotes, as in "..."', int: "a whole number", bool: "true or false"}[kind]
            raise UnusableInput(f"{key} is {value!r}.", where=where, remedy=f"Write {example}.")
    settings = Settings(**known)
    if settings.fiscal_year_starts not in range(1, 13):
        raise UnusableInput(
            f"fiscal_year_starts is {settings.fiscal_year_starts}, which is no month.",
            where=where,
            remedy="Write the number of the month in which the fiscal year starts, 1 to 12.",
        )
    return settings


def _file_of(folder: Path, table: str) -> Path | None:
    return next((f for ending in ("parquet", "csv") if (f := folder / f"{table}.{ending}").is_file()), None)


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnusableInput(
            f"cannot be read ({error}).", where=str(file), remedy="Correct it, or import again."
        ) from None
