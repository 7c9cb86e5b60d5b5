"""One manager's folder of data: the own team's rows, what the company-wide work found for them, and nothing else.

`build` writes it (`Teams`, `save_team`); every chapter opens it (`open_team`). It is self-contained: copied to a
laptop it opens there. Of other people it holds summaries only, which `disclosure` makes: here the tables are cut.
"""

import tomllib
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from playbook import roster
from playbook.circumstances import COLUMNS as CIRCUMSTANCE
from playbook.circumstances import frame_of
from playbook.company import TABLES, Company, load, save, save_table, save_toml
from playbook.errors import NotATeam
from playbook.remembering import remembered
from playbook.workbook import FACTS

# What the company-wide work leaves for a team, one Parquet file each; their columns are said where they are made.
FINDINGS = (
    "benchmarks",
    "diagnosis",
    "levels",
    "forecast",
    "forecast_deals",
    "forecast_error",
    "coaching_effect",
    "company_wide",
    "circumstances",
    "record",
)
DIAGNOSIS, COACHING_EFFECT, FORECAST = PARTS = ("diagnosis", "coaching_effect", "forecast")  # of that work
SAMPLE_TEAM = Path("data/samples/team")


@dataclass(frozen=True)
class Team:
    """A manager, the people who report to them, and what is known about their deals at `as_of`.

    `company` holds the canonical tables cut to this team. `missing` lists what the whole company's export did not
    hold, as tables (`quotas`) and columns (`opportunities.source`). `days_old` is the age of the data when the workbook
    was built, if that was more than 14 days. `not_computed` lists the PARTS of the company-wide work that failed: their
    findings are not there, which says nothing about the team.
    """

    company: Company
    manager_id: str
    as_of: date
    missing: tuple[str, ...] = ()
    days_old: int | None = None
    import_summary: str = ""
    findings: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    folder: Path | None = None
    not_computed: tuple[str, ...] = ()
    derived: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        """What a copy for another process holds: not what was derived from the team here."""
        return self.__dict__ | {"derived": {}}

    @property
    def manager(self) -> str:
        """The manager's name."""
        return self.name_of(self.manager_id)

    @property
    def currency(self) -> str:
        """The company's currency, empty if unknown."""
        return self.company.settings.currency

    @property
    def reps(self) -> pd.DataFrame:
        """The active reps of the team, by name: the people table's columns."""
        return _reps_of(self).copy(deep=False)

    @property
    def deals(self) -> pd.DataFrame:
        """The opportunities of the team's reps, gone ones included; not the manager's own."""
        return _deals_of_reps(self).copy(deep=False)

    @property
    def own_deals(self) -> pd.DataFrame:
        """The opportunities that the manager owns: sold before the promotion, or still to be handed over."""
        deals = self.company.opportunities
        return deals[deals["rep_id"] == self.manager_id].reset_index(drop=True)

    def name_of(self, person_id: str) -> str:
        """The name of a person of the team, or the id where the export gives no name."""
        names = self.company.people.set_index("person_id")["name"]
        name = names.get(person_id)
        return person_id if name is None or pd.isna(name) else name

    def finding(self, name: str) -> pd.DataFrame:
        """What the company-wide work found under `name` (one of FINDINGS); empty if there is none."""
        return self.findings.get(name, pd.DataFrame())

    def lacks(self, *needs: str) -> list[str]:
        """Those of `needs` that the company's export did not hold."""
        return [need for need in needs if need in self.missing]


@remembered
def _reps_of(team: Team) -> pd.DataFrame:
    here = roster.active_reps(team.company)
    return here[here["manager_id"] == team.manager_id].reset_index(drop=True)


@remembered
def _deals_of_reps(team: Team) -> pd.DataFrame:
    deals = team.company.opportunities
    return deals[deals["rep_id"] != team.manager_id].reset_index(drop=True)


class Teams:
    """A company and its findings, cut into teams once, so that each team's rows are looked up and not searched for.

    Building it passes over every table once; `of` then costs what the team itself holds, however large the company.
    """

    def __init__(self, company: Company, findings: Mapping[str, pd.DataFrame]) -> None:
        """`company` as `company.validate` lets it pass; of `findings`, those with a column `manager_id` will be cut."""
        self._company, self._findings = company, findings
        deals = company.opportunities
        owner = deals.set_index("opportunity_id")["rep_id"]
        self._person = _positions(company.people["person_id"])
        self._reports = _positions(company.people["manager_id"])
        self._of_reps = {
            "opportunities": _positions(deals["rep_id"]),
            "stage_history": _positions(company.stage_history["opportunity_id"].map(owner)),
            "activities": _positions(company.activities["rep_id"]),
            "quotas": _positions(company.quotas["rep_id"]),
        }
        self._logged = _positions(company.coaching_log["manager_id"])
        self._finding_rows = {n: _positions(f["manager_id"]) for n, f in findings.items() if "manager_id" in f}

    def of(self, manager_id: str, as_of: date, extra: Mapping[str, pd.DataFrame] | None = None, **facts: Any) -> Team:
        """The slice of the company that one manager may see.

        Parameters
        ----------
        extra : findings made for this team alone; they stand beside those cut out, uncut.
        facts : further fields of `Team`.
        """
        people = _rows(self._company.people, [self._person.get(manager_id), self._reports.get(manager_id)])
        # The own manager stays out of the slice, so that no id of another person travels.
        people = people.assign(manager_id=people["manager_id"].where(people["manager_id"] == manager_id))
        own = {
            name: _rows(self._company.table(name), [positions.get(person) for person in people["person_id"]])
            for name, positions in self._of_reps.items()
        }
        # What a rep did on a deal that another team now has stays theirs; which deal it was stays with the other team.
        deal = own["activities"]["opportunity_id"]
        own["activities"] = own["activities"].assign(
            opportunity_id=deal.where(deal.isin(own["opportunities"]["opportunity_id"]))
        )
        log = _rows(self._company.coaching_log, [self._logged.get(manager_id)])
        company = self._company.with_tables(
            people=people,
            coaching_log=log[log["rep_id"].isin(people["person_id"])],
            stages=_stages_of(self._company.stages, own["opportunities"], own["stage_history"]),
            **own,
        )
        circumstances = company.circumstances
        company = replace(
            company,
            circumstances=circumstances[circumstances["rep_id"].isin(people["person_id"])].reset_index(drop=True),
        )
        findings = {name: self._finding(name, manager_id) for name in self._findings} | dict(extra or {})
        return Team(company=company, manager_id=manager_id, as_of=as_of, findings=findings, **facts)

    def _finding(self, name: str, manager_id: str) -> pd.DataFrame:
        frame = self._findings[name]
        if name not in self._finding_rows:
            return frame
        return _rows(frame, [self._finding_rows[name].get(manager_id)]).reset_index(drop=True)


def team_of(company: Company, manager_id: str, as_of: date, findings: Mapping[str, pd.DataFrame], **facts: Any) -> Team:
    """The slice of `company` that one manager may see; for more than one manager, build `Teams` once.

    Findings with a column `manager_id` are cut to this manager; others must have been made for this team alone.
    """
    return Teams(company, findings).of(manager_id, as_of, **facts)


def _stages_of(stages: pd.DataFrame, deals: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """Of the list of stages those that these deals have been in: what other teams call theirs is not told.

    Where a deal names no pipeline of the list, the first stage of the same name stands for its own, as
    `stage_conversion` takes it, without saying whose it is.
    """
    pipeline = history["opportunity_id"].map(deals.set_index("opportunity_id")["pipeline"])
    own = pd.concat([deals[["pipeline", "stage"]], history[["stage"]].assign(pipeline=pipeline)[["pipeline", "stage"]]])
    own = own[own["stage"].notna()].drop_duplicates()
    listed = stages.merge(own, on=["pipeline", "stage"])
    elsewhere = own.loc[~own["stage"].isin(listed["stage"]), "stage"]
    borrowed = stages[stages["stage"].isin(elsewhere)].drop_duplicates("stage").assign(pipeline=None)
    return pd.concat([listed, borrowed.astype(listed.dtypes)], ignore_index=True) if len(borrowed) else listed


def _positions(keys: pd.Series) -> Mapping[str, np.ndarray]:
    """The positions of the rows of each value of `keys`, ascending; a missing value has none."""
    return keys.groupby(keys).indices


def _rows(frame: pd.DataFrame, positions: Iterable[np.ndarray | None]) -> pd.DataFrame:
    """The rows of `frame` at any of `positions`, each once and in the frame's own order."""
    held = [each for each in positions if each is not None]
    return frame.take(np.unique(np.concatenate(held)) if held else np.array([], dtype=np.intp))


def missing_of(company: Company) -> tuple[str, ...]:
    """Every table, and every column of the deals and their history, that the company's data does not hold."""
    needs = [t for t in TABLES if t not in ("people", "opportunities")]
    needs += [f"{t}.{c}" for t in ("opportunities", "stage_history", "stages", "people") for c in TABLES[t]]
    return tuple(company.missing(needs))


def save_team(team: Team, folder: Path) -> None:
    """Write the team into `folder` (a workbook's `team/`), each file beside and then renamed."""
    save(team.company, folder)
    for name in FINDINGS:
        if name in team.findings:
            save_table(team.findings[name], folder / f"{name}.parquet")
        else:
            (folder / f"{name}.parquet").unlink(missing_ok=True)
    facts = {
        "manager_id": team.manager_id,
        "as_of": team.as_of,
        "missing": list(team.missing),
        "import_summary": team.import_summary,
    }
    if team.days_old is not None:
        facts["days_old"] = team.days_old
    if team.not_computed:
        facts["not_computed"] = list(team.not_computed)
    save_toml(facts, folder / FACTS)


def open_team(folder: str | Path = "") -> Team:
    """The team in `folder`: a workbook, or its `team/`. Empty means `./team` if it is there, else the sample team.

    Raises
    ------
    NotATeam : if there is none; the text says which folders would do.
    """
    team_folder = _team_folder(Path(folder) if folder else None)
    facts = _facts(team_folder / FACTS)
    tables = {n: pd.read_parquet(file) for n in FINDINGS if (file := team_folder / f"{n}.parquet").is_file()}
    circumstances = tables.get("circumstances", frame_of([]))[CIRCUMSTANCE].drop_duplicates(ignore_index=True)
    return Team(
        company=replace(load(team_folder), circumstances=circumstances),
        manager_id=facts["manager_id"],
        as_of=facts["as_of"],
        missing=tuple(facts["missing"]),
        days_old=facts.get("days_old"),
        import_summary=facts.get("import_summary", ""),
        findings=tables,
        folder=team_folder,
        not_computed=tuple(facts.get("not_computed", ())),
    )


def _team_folder(given: Path | None) -> Path:
    tried = [given, given / "team"] if given else [Path("team"), *(up / SAMPLE_TEAM for up in _here_and_above())]
    for folder in tried:
        if (folder / FACTS).is_file():
            return folder
    raise NotATeam(
        "there is no team here.",
        where=str(given or Path.cwd()),
        remedy="Give the folder of a workbook, or its folder `team`. To make one: python3 scripts/kit.py build",
    )


def _facts(file: Path) -> dict[str, Any]:
    """What `save_team` said of the team beside its tables."""
    try:
        facts = tomllib.loads(file.read_text(encoding="utf-8"))
        lacking = [key for key in ("manager_id", "as_of", "missing") if key not in facts]
        if not lacking:
            return facts
        why = f"{lacking[0]} is missing"
    except ValueError as error:  # broken TOML, or not UTF-8
        why = str(error)
    raise NotATeam(
        f"cannot be read ({why}).", where=str(file), remedy="Make the workbook again: python3 scripts/kit.py build"
    )


def _here_and_above() -> list[Path]:
    here = Path.cwd()
    return [here, *here.parents][:5]
