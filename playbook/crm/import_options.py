"""What whoever imports asked for, and what is refused before any value is read."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from playbook.company import Settings, settings_from
from playbook.crm.files.raw_table import NoTable
from playbook.crm.headings.fields import KIND_LABELS
from playbook.crm.headings.mapping import Mapping, users
from playbook.crm.headings.recognised import Recognised
from playbook.crm.reading_options import ReadingOptions
from playbook.crm.values.typed import Options, Typed
from playbook.errors import UnusableInput
from playbook.escaping import file_label, for_file_name
from playbook.wording import paragraph


@dataclass(frozen=True)
class ImportOptions:
    """One import as it was asked for.

    Parameters
    ----------
    paths : folders and files, as the CRM gave them; they are only read.
    today : the day of the import; what lies after it is questioned.
    reading : how they are read.
    company_name : else the mapping file's, else the name of the folder or file.
    """

    paths: list[Path]
    today: date
    reading: ReadingOptions = ReadingOptions()
    company_name: str | None = None

    def user(self) -> Mapping | None:
        """The user's mapping.

        Raises
        ------
        UnusableInput : if an option or the mapping file cannot be used, or no export is named.
        """
        if self.reading.dates not in (None, "", "dmy", "mdy"):
            raise UnusableInput(
                f"{self.reading.dates!r} is no order of a date.",
                where="--dates",
                remedy="Use dmy (day first) or mdy (month first).",
            )
        return users(self.reading.mapping) if self.reading.mapping else None

    def files(self, user: Mapping | None) -> list[Path]:
        """The paths, and the roster that the user's mapping names.

        Raises
        ------
        UnusableInput : if no export is named.
        """
        if not self.paths:
            raise UnusableInput(
                "no export was given.",
                remedy="Name a folder or files: python3 scripts/kit.py import EXPORT... --to COMPANY",
            )
        return [*self.paths, *([user.roster] if user and user.roster else [])]

    def options(self, user: Mapping | None, settings: Settings) -> Options:
        """What values are read by."""
        return Options(
            today=pd.Timestamp(self.today), dates=self.reading.dates or (user.dates if user else ""),
            decimal=user.decimal if user else "", time_zone=settings.time_zone,
            skip_bad_rows=self.reading.skip_bad_rows, user=user,
        )  # fmt: skip


def company_settings(paths: list[Path], company_name: str | None, user: Mapping | None) -> Settings:
    """The company's settings: as told, else named after what was given.

    Raises
    ------
    UnusableInput : if a setting is none, or has no value that it can have.
    """
    users_settings = dict(user.company) if user else {}
    unknown = sorted(set(users_settings) - set(Settings.__dataclass_fields__))
    if unknown:
        raise UnusableInput(
            f"{unknown[0]!r} is no setting.",
            where="mapping file, [company]",
            remedy=f"Settings are: {', '.join(Settings.__dataclass_fields__)}.",
        )
    folder = paths[0].resolve() if paths else Path("company")
    stem = folder.name if folder.is_dir() or len(paths) == 1 else folder.parent.name
    plain_name = " ".join(stem.split(".")[0].replace("_", " ").split()) or "Company"
    of_folder = file_label(plain_name.title() if plain_name.islower() else plain_name)
    name = company_name or users_settings.get("name") or of_folder
    return settings_from(
        {"company_id": for_file_name(name, fallback="company"), **users_settings, "name": name},
        where="mapping file, [company]",
    )


def refuse_without_deals(tables: list[Recognised], no_tables: list[NoTable]) -> None:
    """Refuse files among which none is one of deals that have owners.

    Raises
    ------
    UnusableInput : that says what was met instead, and what to export.
    """
    deals = [f for f in tables if f.kind == "opportunities"]
    if not deals:
        descriptions = [
            f"{f.raw.label}: {f.why or f.kind}" if not f.kind else f"{f.raw.label}: taken for {KIND_LABELS[f.kind]}"
            for f in tables
        ]
        descriptions += [f"{n.file}: {n.why}" for n in no_tables]
        if not descriptions:
            raise UnusableInput(
                "there is no file here.", remedy="Put the CRM's exports there (CSV, Excel), and run the same again."
            )
        largest = max(tables, key=lambda table: table.raw.rows_read, default=None)
        in_a_file = (
            f'Or say in a mapping file which it is, such as: [files] "{largest.raw.names[-1]}" = "opportunities".'
            if largest
            else ""
        )
        raise UnusableInput(
            "none of the files was recognised as deals (opportunities). " + "; ".join(descriptions[:8]),
            where=tables[0].raw.label if len(tables) == 1 else "",
            remedy=paragraph(
                "Give the export with one row per deal: its owner, its stage or status, amount and dates. If it is "
                "among these, open notebooks/bring_your_data.ipynb and say what its columns mean.",
                in_a_file,
            ),
        )
    ownerless = [f for f in deals if not {"rep_id", "rep_name", "rep_email"} & set(f.columns)]
    if len(ownerless) == len(deals):
        raise UnusableInput(
            f"no column says who owns the deals. Its headings are: {', '.join(deals[0].raw.headings[:30])}.",
            where=deals[0].raw.label,
            remedy="Export it again with the owner (in Salesforce: Opportunity Owner, or OwnerId). If one of these "
            'columns is the owner, name it in a mapping file: [opportunities] rep_id = ["…"], or pick it in '
            "notebooks/bring_your_data.ipynb. Without owners no rep can be told from another, so nothing can be built.",
        )


def mappings_in_use(tables: list[Typed], user: Mapping | None) -> list[Mapping]:
    """The mappings of those tables, the user's first."""
    used = [t.recognised.mapping for t in tables if t.recognised.mapping is not None]
    return list(dict.fromkeys([user, *used] if user else used))


def where_of(tables: list[Typed]) -> str:
    """The files of those tables, as an error names them."""
    return ", ".join(t.recognised.raw.label for t in tables[:3])


def no_deals(tables: list[Typed], had: int) -> UnusableInput:
    """What is said of files with deals in which none is left of the rows that they `had`."""
    where = where_of(tables)
    if had:
        gone = f"has {had:,} deals, and each is marked as deleted or as an older version of a row."
        return UnusableInput(gone, where=where, remedy="Export the deals that are in use.")
    if any(len(table.recognised.raw.cells) for table in tables):
        return UnusableInput(
            "each row was left out, for a cell that cannot be read.",
            where=where,
            remedy="Run it again without --skip-bad-rows: it then names the cell, and what to do about it.",
        )
    return UnusableInput("has headings and no deals below them.", where=where, remedy="Export it again.")


def no_owner(tables: list[Typed]) -> UnusableInput:
    """What is said of deals of which none has an owner who is a person."""
    return UnusableInput(
        "no deal has a person as its owner.",
        where=where_of(tables),
        remedy="Export it again with the owner's name filled in. If another column holds it, name that in a mapping "
        'file: [opportunities] rep_name = ["…"].',
    )
