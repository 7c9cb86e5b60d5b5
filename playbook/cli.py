"""`playbook …`: what is typed becomes one call of the room that does it. No logic lives here.

Exit status: 0 if everything asked for was done, 1 if not, 2 if the input cannot be used, 130 after Ctrl-C.
"""

import argparse
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from playbook import __doc__ as about
from playbook import __version__
from playbook.errors import PlaybookError

_FROM_THE_FOLDER = "From the kit's folder write: python3 scripts/kit.py {command} ..."
_MOST_JOBS = 8  # of one's own accord; each takes about 300 MB


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in `arguments` (those of the process if None); the exit status."""
    asked = _parser().parse_args(arguments)
    try:
        return asked.do(asked)
    except PlaybookError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        print(
            "\nStopped. Every file that is there is complete; run the same command again to go on "
            "(build: with --resume).",
            file=sys.stderr,
        )
        return 130
    except BrokenPipeError:  # the reader of the output went away, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        if asked.debug:
            raise
        print(f"{error.filename or 'A file'}: {error.strerror or error}.", file=sys.stderr)
        print("Check that the disk has room and that you may read and write there.", file=sys.stderr)
        return 1
    except Exception:
        if asked.debug:
            raise
        print(f"Something went wrong that is not your fault. The details are in {_written_down()}.", file=sys.stderr)
        print("Send that file to whoever looks after the kit; it may name people of your data.", file=sys.stderr)
        return 1


def _import(asked: argparse.Namespace) -> int:
    from playbook.crm.importing import import_exports
    from playbook.crm.saving import save_imported

    imported = import_exports(
        asked.export,
        mapping=asked.mapping,
        dates=asked.dates,
        today=date.today(),
        company_name=asked.name,
        skip_bad_rows=asked.skip_bad_rows,
    )
    save_imported(imported, asked.to)
    print("\n".join(imported.report.summary_lines()))
    print(f"The tables and the import report are in {asked.to}")
    return 0


def _fetch(asked: argparse.Namespace) -> int:
    from playbook.connect.fetching import fetch
    from playbook.connect.sources import opened

    source = opened(asked.crm, os.environ, also=asked.also)
    fetched = fetch(source, asked.to, without=asked.without)
    print("\n".join(fetched.lines()))
    return 0 if fetched.complete else 1


def _diagnose(asked: argparse.Namespace) -> int:
    from playbook.build.diagnosis_file import Asked, explanation, write_diagnosis

    about = Asked(
        asked.company,
        date.today(),
        as_of=asked.as_of,
        keep_in=asked.keep_in,
        mapping=asked.mapping,
        dates=asked.dates,
    )
    told = explanation(about, *asked.explain, names=asked.names) if asked.explain else write_diagnosis(about, asked.to)
    print("\n".join(told))
    return 0


def _build(asked: argparse.Namespace) -> int:
    from playbook.build.batch import Request, build
    from playbook.build.summary import as_json, summary_lines

    request = Request(
        company=asked.company,
        workbooks=asked.to,
        today=date.today(),
        managers=asked.manager,
        jobs=asked.jobs or _jobs_here(),
        resume=asked.resume,
        as_of=asked.as_of,
        mapping=asked.mapping,
        dates=asked.dates,
        journals=asked.journals,
        chapters=asked.chapters,
        patience=asked.patience,
    )
    say = (lambda line: print(line, file=sys.stderr)) if asked.json else print
    result = build(request, say)
    print(as_json(result) if asked.json else "\n".join(summary_lines(result)))
    return 0 if result.complete else 1


def _lab(asked: argparse.Namespace) -> int:
    from playbook.lab.launch import open_lab

    chosen = {"port": asked.port} if asked.port else {}
    return open_lab(asked.workbook, browser=not asked.no_browser, allow_root=asked.allow_root, **chosen)


def _journal(asked: argparse.Namespace) -> int:
    from playbook.build import journal_care

    if asked.export:
        told = journal_care.export(asked.workbook, asked.export)
    elif asked.merge:
        told = journal_care.merge(asked.workbook, asked.merge)
    elif asked.into_database:
        told = journal_care.into_database(asked.workbook)
    elif asked.undo:
        told = journal_care.undo(asked.workbook, asked.undo)
    elif asked.erase:
        told = journal_care.erase(asked.workbook, asked.erase)
    else:
        told = journal_care.listed(asked.workbook, history=asked.history)
    print("\n".join(told))
    return 0


def _agenda(asked: argparse.Namespace) -> int:
    from playbook.build.agenda_file import write_agenda, write_calendar

    told = write_agenda(asked.manager, asked.rep, workbooks=asked.workbooks, to=asked.to)
    told += write_calendar(asked.manager, workbooks=asked.workbooks) if asked.reminders else []
    print("\n".join(told))
    return 0


def _sample(asked: argparse.Namespace) -> int:
    from playbook.simulate.sample import write_sample

    sizes = {"seed": asked.seed, "managers": asked.managers, "reps": asked.reps, "months": asked.months}
    write_sample(asked.to, truth=asked.truth, **{name: size for name, size in sizes.items() if size is not None})
    answers = asked.truth or asked.to.with_name(f"{asked.to.name}-truth.csv")
    print(f"A simulated company is in {asked.to}; what was planted in it is told in {answers}")
    print(f"Make its workbooks with: python3 scripts/kit.py build {asked.to} --to WORKBOOKS")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="playbook",
        description=about,
        epilog=f"More about a command: playbook COMMAND --help. {_FROM_THE_FOLDER.format(command='COMMAND')}",
    )
    parser.add_argument("--version", action="version", version=f"Player to Coach {__version__}")
    parser.set_defaults(debug=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    _add_import(commands)
    _add_fetch(commands)
    _add_diagnose(commands)
    _add_build(commands)
    _add_lab(commands)
    _add_journal(commands)
    _add_agenda(commands)
    _add_sample(commands)
    return parser


def _add_import(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _command(
        commands,
        "import",
        _import,
        "read CRM exports, write a company's tables and an import report",
        "playbook import exports/ --to company\n"
        "playbook import deals.csv people.xlsx --to company --mapping ours.toml --dates dmy",
    )
    command.add_argument(
        "export", nargs="+", type=Path, metavar="EXPORT", help="a folder of exports, or files (CSV, Excel)"
    )
    command.add_argument(
        "--to", required=True, type=Path, metavar="COMPANY", help="the folder for the tables and the report"
    )
    command.add_argument("--name", help="the company's name; else that of the mapping file or the folder")
    command.add_argument("--skip-bad-rows", action="store_true", help="leave out, and count, rows that cannot be read")
    _reading_options(command)


def _add_fetch(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _command(
        commands,
        "fetch",
        _fetch,
        "read a CRM over the network and write what it holds as export files",
        "playbook fetch salesforce --to exports\n"
        "playbook fetch hubspot --to exports --without calls --without meetings --without tasks\n"
        "playbook fetch salesforce --to exports --also Customer_Class__c\n"
        "The login stands in the environment, nowhere else: see docs/connect.md",
    )
    command.add_argument("crm", choices=("salesforce", "hubspot"), metavar="CRM", help="salesforce or hubspot")
    command.add_argument("--to", required=True, type=Path, metavar="EXPORTS", help="the folder for the export files")
    command.add_argument(
        "--without", action="append", default=[], metavar="TABLE", help="do not ask for this table; several times"
    )
    command.add_argument(
        "--also", action="append", default=[], metavar="FIELD", help="a further field of the deals; several times"
    )


def _add_diagnose(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _command(
        commands,
        "diagnose",
        _diagnose,
        "write the diagnosis of every rep and driver as a table",
        "playbook diagnose company --as-of 2026-03-31 --to diagnosis.csv\n"
        "playbook diagnose exports/ --to diagnosis.json --company company\n"
        'playbook diagnose company --explain "Ana Silva" stage:Discovery     how that verdict came about',
    )
    _company_argument(command)
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("--to", type=Path, metavar="FILE", help="a file that ends in .csv or .json")
    what.add_argument(
        "--explain",
        nargs=2,
        metavar=("REP", "DRIVER"),
        help="print the peers, the numbers and the steps from rows to verdict, to be checked by hand",
    )
    command.add_argument(
        "--names", action="store_true", help="with --explain: name the peers; only for whoever runs the whole company"
    )
    command.add_argument(
        "--company", dest="keep_in", type=Path, metavar="DIR", help="keep what is made of raw exports in this folder"
    )
    _as_of_option(command)
    _reading_options(command)


def _add_build(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _command(
        commands,
        "build",
        _build,
        "make every manager's workbook",
        "playbook build data/samples/company --to build/workbooks\n"
        "playbook build exports/ --to workbooks --dates dmy\n"
        'playbook build exports/ --to workbooks --manager "Ana Silva" --manager 005A0000001\n'
        "playbook build exports/ --to workbooks --resume        only what is missing or out of date",
    )
    _company_argument(command)
    command.add_argument("--to", required=True, type=Path, metavar="WORKBOOKS", help="the folder for the workbooks")
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
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    command.add_argument("--chapters", type=Path, metavar="DIR", help="chapters of your own instead of the kit's")
    command.add_argument(
        "--patience", type=_count, default=300, metavar="SECONDS", help="how long one step of a chapter may take (300)"
    )
    _as_of_option(command)
    _reading_options(command)


def _add_lab(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _command(
        commands,
        "lab",
        _lab,
        "open JupyterLab on the front door, or on a workbook",
        "playbook lab\nplaybook lab workbooks/ana-silva-1a2b3c4d",
    )
    command.add_argument("workbook", nargs="?", type=Path, metavar="WORKBOOK", help="the folder of a workbook")
    command.add_argument("--port", type=_count, help="the port to listen on, on this machine only")
    command.add_argument("--no-browser", action="store_true", help="print the address instead of opening it")
    command.add_argument("--allow-root", action="store_true", help="run as the administrator, as in a container")


def _add_journal(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _command(
        commands,
        "journal",
        _journal,
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
    one.add_argument("--export", type=Path, metavar="FILE", help="write every event to a file (.csv or .json)")
    one.add_argument("--merge", type=Path, metavar="OTHER", help="bring in another copy of the same workbook")
    one.add_argument("--into-database", action="store_true", help="move the file into the one at PLAYBOOK_JOURNAL")
    one.add_argument("--undo", metavar="EVENT", help="take back the event with this id")
    one.add_argument("--erase", metavar="PERSON", help="erase a person, by id or name, for good")


def _add_agenda(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _command(
        commands,
        "agenda",
        _agenda,
        "write the next 1:1 with a rep on one page, last commitments first",
        'playbook agenda workbooks/ana-silva-1a2b3c4d "Ben Okafor"\n'
        'playbook agenda "Ana Silva" "Ben Okafor" --workbooks workbooks --reminders',
    )
    command.add_argument(
        "manager", metavar="MANAGER", help="the folder of a workbook; or a name or id, with --workbooks"
    )
    command.add_argument("rep", metavar="REP", help="a rep of the team, by name or id")
    command.add_argument("--workbooks", type=Path, metavar="DIR", help="where the workbooks are")
    command.add_argument("--to", type=Path, metavar="FILE", help="the page; else agenda-NAME.html in the workbook")
    command.add_argument("--reminders", action="store_true", help="also write open commitments as an .ics file")


def _add_sample(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _command(
        commands,
        "sample",
        _sample,
        "simulate a company whose causes are known",
        "playbook sample --to company\nplaybook sample --to big --managers 50 --reps 400 --months 24 --seed 7",
    )
    command.add_argument("--to", required=True, type=Path, metavar="COMPANY", help="the folder for its tables")
    command.add_argument("--seed", type=int, help="another seed is another company")
    command.add_argument("--managers", type=_count, help="how many managers")
    command.add_argument("--reps", type=_count, help="how many reps")
    command.add_argument("--months", type=_count, help="how many months of history")
    command.add_argument("--truth", type=Path, metavar="FILE", help="where the planted causes go (COMPANY-truth.csv)")


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, do: object, what: str, examples: str
) -> argparse.ArgumentParser:
    indented = "\n".join(f"  {line}" for line in examples.splitlines())
    command = commands.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        epilog=f"{_FROM_THE_FOLDER.format(command=name)}\n\nexamples:\n{indented}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--debug", action="store_true", help="show the whole account of an unexpected error")
    command.set_defaults(do=do)
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


def _reading_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--mapping", type=Path, metavar="FILE", help="what the headings cannot tell (TOML)")
    command.add_argument("--dates", choices=("dmy", "mdy"), help="the order of dates like 03/04/2026")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it like 2026-03-31") from None


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of 1 or more")
    return int(text)


def _jobs_here() -> int:
    """One chapter for each processor that this process may use."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(here, _MOST_JOBS)


def _written_down() -> Path:
    """The account of the error at hand, in a private file of its own."""
    handle, name = tempfile.mkstemp(prefix="player-to-coach-error-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"Player to Coach {__version__}, Python {sys.version}\n\n{traceback.format_exc()}")
    return Path(name)
