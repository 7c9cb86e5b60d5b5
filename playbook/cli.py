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
from typing import TYPE_CHECKING

from playbook import __version__
from playbook.arguments import parser
from playbook.errors import PlaybookError

if TYPE_CHECKING:
    from playbook.workbooks.company_source import Reading

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
    from playbook.crm.import_options import ImportOptions
    from playbook.crm.into_folder import import_into

    import_options = ImportOptions(
        asked.export, date.today(), asked.mapping, asked.dates, asked.name, asked.skip_bad_rows
    )
    report = import_into(asked.to, import_options, memory=asked.memory, say=lambda line: print(line, file=sys.stderr))
    print("\n".join(report.summary_lines()))
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
    from playbook.workbooks.diagnosis_file import DiagnosisRequest, explanation, write_diagnosis

    request = DiagnosisRequest(
        asked.company,
        date.today(),
        as_of=asked.as_of,
        keep_in=asked.keep_in,
        reading=_reading(asked),
    )
    told = (
        explanation(request, *asked.explain, names=asked.names) if asked.explain else write_diagnosis(request, asked.to)
    )
    print("\n".join(told))
    return 0


def _build(asked: argparse.Namespace) -> int:
    from playbook.workbooks.batch import Request, build
    from playbook.workbooks.summary import as_json, summary_lines

    request = Request(
        company=asked.company,
        workbooks=asked.to,
        today=date.today(),
        managers=asked.manager,
        jobs=asked.jobs or _jobs_here(),
        resume=asked.resume,
        as_of=asked.as_of,
        reading=_reading(asked),
        journals=asked.journals,
        chapters=asked.chapters,
        patience=asked.patience,
        pdf=asked.pdf,
    )
    say = (lambda line: print(line, file=sys.stderr)) if asked.json else print
    result = build(request, say)
    print(as_json(result) if asked.json else "\n".join(summary_lines(result)))
    return 0 if result.complete else 1


def _reading(asked: argparse.Namespace) -> "Reading":
    from playbook.workbooks.company_source import Reading

    return Reading(asked.mapping, asked.dates, asked.skip_bad_rows)


def _lab(asked: argparse.Namespace) -> int:
    from playbook.lab.launch import open_lab

    chosen = {"port": asked.port} if asked.port else {}
    return open_lab(
        asked.workbook, voila=asked.voila, browser=not asked.no_browser, allow_root=asked.allow_root, **chosen
    )


def _journal(asked: argparse.Namespace) -> int:
    from playbook.workbooks import journal_care

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
    from playbook.workbooks.agenda_file import write_agenda, write_calendar

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
    return parser(
        {
            "import": _import,
            "fetch": _fetch,
            "diagnose": _diagnose,
            "build": _build,
            "lab": _lab,
            "journal": _journal,
            "agenda": _agenda,
            "sample": _sample,
        }
    )


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
