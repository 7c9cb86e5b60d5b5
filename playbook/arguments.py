"""What can be typed after `playbook`: the commands, their options, and what `--help` says of them."""

import argparse
import textwrap
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from playbook import __doc__ as about
from playbook import __version__
from playbook.escaping import file_label

Do = Mapping[str, Callable[[argparse.Namespace], int]]
Commands = argparse._SubParsersAction

_MY_TRAINING = Path("my-training")

_FROM_THE_FOLDER = "From the kit's folder write: python3 scripts/kit.py {command} ..."


def parser(do: Do) -> argparse.ArgumentParser:
    """The words of `playbook`. What is typed comes back with `do`, the call for its command."""
    words = argparse.ArgumentParser(
        prog="playbook",
        description=about,
        epilog=f"More about a command: playbook COMMAND --help. {_FROM_THE_FOLDER.format(command='COMMAND')}",
    )
    words.add_argument("--version", action="version", version=f"Player to Coach {__version__}")
    words.set_defaults(debug=False)
    commands = words.add_subparsers(required=True, metavar="COMMAND", title="commands")
    _add_import(commands, do)
    _add_fetch(commands, do)
    _add_diagnose(commands, do)
    _add_build(commands, do)
    _add_lab(commands, do)
    _add_journal(commands, do)
    _add_agenda(commands, do)
    _add_progress(commands, do)
    _add_certificate(commands, do)
    _add_sample(commands, do)
    return words


def _add_import(commands: Commands, do: Do) -> None:
    command = _command(
        commands,
        "import",
        do,
        "read CRM exports, write a company's tables and an import report",
        "playbook import exports/ --to company\n"
        "playbook import deals.csv people.xlsx --to company --mapping ours.toml --dates dmy",
    )
    command.add_argument(
        "export", nargs="+", type=Path, metavar="EXPORT", help="a folder of exports, or files (CSV, Excel)"
    )
    command.add_argument(
        "--to", required=True, type=_place, metavar="COMPANY", help="the folder for the tables and the report"
    )
    command.add_argument("--name", help="the company's name; else that of the mapping file or the folder")
    command.add_argument(
        "--memory", default="", metavar="SIZE",
        help="how much to use, such as 2GB (else PLAYBOOK_MEMORY, or half of what is free); larger exports are read "
        "in pieces",
    )  # fmt: skip
    _reading_options(command)


def _add_fetch(commands: Commands, do: Do) -> None:
    command = _command(
        commands,
        "fetch",
        do,
        "read a CRM (its login: docs/connect.md), write what it holds as export files",
        "playbook fetch salesforce --to exports\n"
        "playbook fetch hubspot --to exports --without calls --without meetings --without tasks\n"
        "playbook fetch salesforce --to exports --also Customer_Class__c",
    )
    command.add_argument("crm", choices=("salesforce", "hubspot"), metavar="CRM", help="salesforce or hubspot")
    command.add_argument("--to", required=True, type=_place, metavar="EXPORTS", help="the folder for the export files")
    command.add_argument(
        "--without", action="append", default=[], metavar="TABLE", help="do not ask for this table; several times"
    )
    command.add_argument(
        "--also", action="append", default=[], metavar="FIELD", help="a further field of the deals; several times"
    )


def _add_diagnose(commands: Commands, do: Do) -> None:
    command = _command(
        commands,
        "diagnose",
        do,
        "write the diagnosis of every rep and driver as a table",
        "playbook diagnose company --as-of 2026-03-31 --to diagnosis.csv\n"
        "playbook diagnose exports/ --to diagnosis.json --company company\n"
        'playbook diagnose company --explain "Ana Silva" stage:Discovery     how that verdict came about\n'
        "playbook diagnose company --own-shape 100      how often luck alone would accuse somebody here",
    )
    _company_argument(command)
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("--to", type=_place, metavar="FILE", help="a file that ends in .csv or .json")
    what.add_argument(
        "--explain",
        nargs=2,
        metavar=("REP", "DRIVER"),
        help="print the peers, the numbers and the steps from rows to verdict, to be checked by hand",
    )
    what.add_argument(
        "--own-shape",
        type=_count,
        metavar="N",
        help="print how often luck alone accuses somebody in N companies of this shape in which nobody differs",
    )
    command.add_argument(
        "--names", action="store_true", help="with --explain: name the peers; only for whoever runs the whole company"
    )
    command.add_argument(
        "--company", dest="keep_in", type=_place, metavar="DIR", help="keep what is made of raw exports in this folder"
    )
    _as_of_option(command)
    _circumstances_option(command)
    _reading_options(command)


def _add_build(commands: Commands, do: Do) -> None:
    command = _command(
        commands,
        "build",
        do,
        "make every manager's workbook",
        "playbook build data/samples/company --to build/workbooks\n"
        "playbook build exports/ --to workbooks --dates dmy\n"
        'playbook build exports/ --to workbooks --manager "Ana Silva" --manager 005A0000001\n'
        "playbook build exports/ --to workbooks --resume        only what is missing or out of date",
    )
    _company_argument(command)
    command.add_argument("--to", required=True, type=_place, metavar="WORKBOOKS", help="the folder for the workbooks")
    command.add_argument(
        "--manager",
        action="append",
        default=[],
        metavar="NAME_OR_ID",
        help="only this manager; may be given several times",
    )
    command.add_argument("--jobs", type=_count, metavar="N", help="how many chapters are made side by side")
    command.add_argument("--resume", action="store_true", help="make only what is missing or out of date")
    command.add_argument("--journals", type=Path, metavar="OLD", help="carry the journals over from older workbooks")
    command.add_argument("--pdf", action="store_true", help="also make each page a PDF, workbook.pdf (the extra pdf)")
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    command.add_argument("--chapters", type=Path, metavar="DIR", help="chapters of your own instead of the kit's")
    command.add_argument(
        "--patience", type=_count, default=300, metavar="SECONDS", help="how long one step of a chapter may take (300)"
    )
    _as_of_option(command)
    _circumstances_option(command)
    _reading_options(command)


def _add_lab(commands: Commands, do: Do) -> None:
    command = _command(
        commands,
        "lab",
        do,
        "open JupyterLab on the front door, or on a workbook",
        "playbook lab\n"
        "playbook lab workbooks/ana-silva-1a2b3c4d\n"
        "playbook lab --voila workbooks/ana-silva-1a2b3c4d     its chapters as pages, without a notebook in sight\n"
        "playbook lab --training                               lessons to do alone, in a folder of your own\n"
        "playbook lab workbooks/ana-silva-1a2b3c4d --training     the same, with your own team in them",
    )
    command.add_argument("workbook", nargs="?", type=Path, metavar="WORKBOOK", help="the folder of a workbook")
    command.add_argument(
        "--voila", action="store_true", help="open the workbook's chapters as pages that fill themselves in"
    )
    command.add_argument(
        "--training",
        nargs="?",
        type=_place,
        const=_MY_TRAINING,
        metavar="FOLDER",
        help="open the lessons in this folder, which holds your answers; made if it is not there (else my-training)",
    )
    command.add_argument("--port", type=_count, help="the port to listen on, on this machine only")
    command.add_argument("--no-browser", action="store_true", help="print the address instead of opening it")
    command.add_argument("--allow-root", action="store_true", help="run as the administrator, as in a container")


def _add_journal(commands: Commands, do: Do) -> None:
    command = _command(
        commands,
        "journal",
        do,
        "list what a manager wrote; export, merge, move, take back or erase it",
        "playbook journal workbooks/ana-silva-1a2b3c4d\n"
        "playbook journal workbooks/ana-silva-1a2b3c4d --history\n"
        "playbook journal workbooks/ana-silva-1a2b3c4d --export answers.csv\n"
        "playbook journal workbooks/ana-silva-1a2b3c4d --merge laptop/ana-silva-1a2b3c4d\n"
        'playbook journal workbooks/ana-silva-1a2b3c4d --erase "Ben Okafor"',
    )
    command.add_argument("workbook", type=Path, metavar="WORKBOOK", help="the folder of a workbook")
    one = command.add_mutually_exclusive_group()
    one.add_argument("--history", action="store_true", help="list every event, also those taken back, with its id")
    one.add_argument("--export", type=_place, metavar="FILE", help="write every event to a file (.csv or .json)")
    one.add_argument("--merge", type=Path, metavar="OTHER", help="bring in another copy of the same workbook")
    one.add_argument("--into-database", action="store_true", help="move the file into the one at PLAYBOOK_JOURNAL")
    one.add_argument("--undo", metavar="EVENT", help="take back the event with this id")
    one.add_argument("--erase", metavar="PERSON", help="erase a person, by id or name, for good")


def _add_agenda(commands: Commands, do: Do) -> None:
    command = _command(
        commands,
        "agenda",
        do,
        "write the next 1:1 with a rep on one page, last commitments first",
        'playbook agenda workbooks/ana-silva-1a2b3c4d "Ben Okafor"\n'
        'playbook agenda "Ana Silva" "Ben Okafor" --workbooks workbooks --reminders',
    )
    command.add_argument(
        "manager", metavar="MANAGER", help="the folder of a workbook; or a name or id, with --workbooks"
    )
    command.add_argument("rep", metavar="REP", help="a rep of the team, by name or id")
    command.add_argument("--workbooks", type=Path, metavar="DIR", help="where the workbooks are")
    command.add_argument("--to", type=_place, metavar="FILE", help="the page; else agenda-NAME.html in the workbook")
    command.add_argument("--reminders", action="store_true", help="also write open commitments as an .ics file")


def _add_progress(commands: Commands, do: Do) -> None:
    command = _command(
        commands,
        "progress",
        do,
        "show how far your training is: lessons, sureness, what comes back, follow-ups",
        "playbook progress\nplaybook progress my-training --json\nplaybook progress my-training --export attempts.csv",
    )
    command.add_argument(
        "folder", nargs="?", type=Path, default=_MY_TRAINING, metavar="FOLDER", help="your training (else my-training)"
    )
    one = command.add_mutually_exclusive_group()
    one.add_argument("--json", action="store_true", help="print the same as JSON")
    one.add_argument("--export", type=_place, metavar="FILE", help="write every answer that you checked to a .csv file")


def _add_certificate(commands: Commands, do: Do) -> None:
    command = _command(
        commands,
        "certificate",
        do,
        "write the certificate of the training's capstone, once it is met",
        'playbook certificate --name "Ana Silva"\nplaybook certificate my-training --name "Ana Silva" --pdf',
    )
    command.add_argument(
        "training",
        nargs="?",
        type=Path,
        default=_MY_TRAINING,
        metavar="FOLDER",
        help="the folder of the training (my-training)",
    )
    command.add_argument("--name", required=True, metavar="NAME", help="the name that shall stand on it")
    command.add_argument("--to", type=_place, metavar="FILE", help="the page; else certificate.html in the folder")
    command.add_argument("--pdf", action="store_true", help="also make it a PDF (the extra pdf)")


def _add_sample(commands: Commands, do: Do) -> None:
    command = _command(
        commands,
        "sample",
        do,
        "simulate a company whose causes are known",
        "playbook sample --to company\nplaybook sample --to big --managers 50 --reps 400 --months 24 --seed 7",
    )
    command.add_argument("--to", required=True, type=_place, metavar="COMPANY", help="the folder for its tables")
    command.add_argument("--seed", type=int, help="another seed is another company")
    command.add_argument("--managers", type=_count, help="how many managers")
    command.add_argument("--reps", type=_count, help="how many reps")
    command.add_argument("--months", type=_count, help="how many months of history")
    command.add_argument("--truth", type=_place, metavar="FILE", help="where the planted causes go (COMPANY-truth.csv)")


def _command(commands: Commands, name: str, do: Do, what: str, examples: str) -> argparse.ArgumentParser:
    indented = textwrap.indent(examples, "  ")
    command = commands.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        epilog=f"{_FROM_THE_FOLDER.format(command=name)}\n\nexamples:\n{indented}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--debug", action="store_true", help="show the whole account of an unexpected error")
    command.set_defaults(do=do[name])
    return command


def _company_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "company",
        nargs="+",
        type=Path,
        metavar="COMPANY",
        help="a folder of tables, or of raw exports (or export files)",
    )


def _as_of_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as-of", type=_day, metavar="DATE", help="look from this day (2026-03-31); else from the data's latest"
    )


def _circumstances_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--circumstances", type=Path, metavar="FILE", help="what only people know: part time, leave … (a table)"
    )


def _reading_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--mapping", type=Path, metavar="FILE", help="what the headings cannot tell (TOML)")
    command.add_argument("--skip-bad-rows", action="store_true", help="leave out, and count, rows that cannot be read")
    command.add_argument("--dates", choices=("dmy", "mdy"), help="the order of dates like 03/04/2026")


def _place(text: str) -> Path:
    """Where something is to be written; a name that is no UTF-8 is one that tables cannot be written under."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(f"{file_label(text)} is no name in UTF-8: choose another") from None
    return Path(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it like 2026-03-31") from None


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of 1 or more")
    return int(text)
