"""`playbook …`: what is typed becomes one call of the room that does it. No logic lives here.

Exit status: 0 if everything asked for was done, 1 if not, 2 if the input cannot be used, 130 after Ctrl-C.
"""

import argparse
import io
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
    from playbook.crm.reading_options import ReadingOptions

_MOST_JOBS = 8  # of one's own accord; each takes about 300 MB


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in `arguments` (those of the process if None); the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a path of another system's letters ends no command
    args = _parser().parse_args(arguments)
    try:
        return args.do(args)
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
        if args.debug:
            raise
        print(f"{error.filename or 'A file'}: {error.strerror or error}.", file=sys.stderr)
        print("Check that the disk has room and that you may read and write there.", file=sys.stderr)
        return 1
    except Exception:
        if args.debug:
            raise
        print(f"Something went wrong that is not your fault. The details are in {_error_report()}.", file=sys.stderr)
        print("Send that file to whoever looks after the kit; it may name people of your data.", file=sys.stderr)
        return 1


def _import(args: argparse.Namespace) -> int:
    from playbook.crm.import_options import ImportOptions
    from playbook.crm.into_folder import import_into

    import_options = ImportOptions(args.export, date.today(), _reading(args), args.name)
    report = import_into(args.to, import_options, memory=args.memory, say=lambda line: print(line, file=sys.stderr))
    print("\n".join(report.summary_lines()))
    print(f"The tables and the import report are in {args.to}")
    return 0


def _fetch(args: argparse.Namespace) -> int:
    from playbook.connect.connected_crms import opened
    from playbook.connect.fetching import fetch

    source = opened(args.crm, os.environ, also=args.also)
    fetched = fetch(source, args.to, without=args.without)
    print("\n".join(fetched.lines()))
    return 0 if fetched.complete else 1


def _diagnose(args: argparse.Namespace) -> int:
    from playbook.workbooks.diagnosis_file import DiagnosisRequest, explanation, own_shape, write_diagnosis

    request = DiagnosisRequest(
        args.company,
        date.today(),
        as_of=args.as_of,
        keep_in=args.keep_in,
        reading=_reading(args),
        circumstances=args.circumstances,
    )
    if args.explain:
        lines = explanation(request, *args.explain, names=args.names)
    elif args.own_shape:
        lines = own_shape(request, args.own_shape)
    else:
        lines = write_diagnosis(request, args.to)
    print("\n".join(lines))
    return 0


def _build(args: argparse.Namespace) -> int:
    from playbook.workbooks.batch import Request, build
    from playbook.workbooks.summary import as_json, summary_lines

    request = Request(
        company=args.company,
        workbooks=args.to,
        today=date.today(),
        managers=args.manager,
        jobs=args.jobs or _jobs_here(),
        resume=args.resume,
        as_of=args.as_of,
        reading=_reading(args),
        circumstances=args.circumstances,
        journals=args.journals,
        chapters=args.chapters,
        patience=args.patience,
        pdf=args.pdf,
    )
    say = (lambda line: print(line, file=sys.stderr)) if args.json else print
    result = build(request, say)
    print(as_json(result) if args.json else "\n".join(summary_lines(result)))
    return 0 if result.complete else 1


def _reading(args: argparse.Namespace) -> "ReadingOptions":
    from playbook.crm.reading_options import ReadingOptions

    return ReadingOptions(args.mapping, args.dates, args.skip_bad_rows)


def _lab(args: argparse.Namespace) -> int:
    from playbook.lab.launch import open_lab

    chosen = {"port": args.port} if args.port else {}
    folder = args.workbook
    if args.training is not None:
        folder = _training_folder(args.training, folder)
    return open_lab(folder, voila=args.voila, browser=not args.no_browser, allow_root=args.allow_root, **chosen)


def _training_folder(folder: Path, workbook: Path | None) -> Path:
    """The learner's folder with today's lessons; with a workbook, lessons show the same on the team in it."""
    from playbook.team import open_team
    from playbook.training.learner_folder import lay_out

    if workbook is not None:
        open_team(workbook)
    return lay_out(folder, workbook=workbook)


def _journal(args: argparse.Namespace) -> int:
    from playbook.workbooks import journal_care

    if args.export:
        lines = journal_care.export(args.workbook, args.export)
    elif args.merge:
        lines = journal_care.merge(args.workbook, args.merge)
    elif args.into_database:
        lines = journal_care.into_database(args.workbook)
    elif args.undo:
        lines = journal_care.undo(args.workbook, args.undo)
    elif args.erase:
        lines = journal_care.erase(args.workbook, args.erase)
    else:
        lines = journal_care.listed(args.workbook, history=args.history)
    print("\n".join(lines))
    return 0


def _certificate(args: argparse.Namespace) -> int:
    from playbook.workbooks.certificate_file import write_certificate

    print("\n".join(write_certificate(args.training, name=args.name, to=args.to, pdf=args.pdf)))
    return 0


def _agenda(args: argparse.Namespace) -> int:
    from playbook.workbooks.agenda_file import write_agenda, write_calendar

    lines = write_agenda(args.manager, args.rep, workbooks=args.workbooks, to=args.to)
    lines += write_calendar(args.manager, workbooks=args.workbooks) if args.reminders else []
    print("\n".join(lines))
    return 0


def _progress(args: argparse.Namespace) -> int:
    from playbook.training import progress_table
    from playbook.training.learner import learner_in

    learner, today = learner_in(args.folder), date.today()
    if args.export:
        n = progress_table.write_attempts(learner.attempts, args.export)
        print(f"{n} answers are in {args.export}")
    elif args.json:
        print(progress_table.as_json(learner, today))
    else:
        print("\n".join(progress_table.table_lines(learner, today)))
    return 0


def _sample(args: argparse.Namespace) -> int:
    from playbook.simulate.sample import write_sample

    sizes = {"seed": args.seed, "managers": args.managers, "reps": args.reps, "months": args.months}
    write_sample(args.to, truth=args.truth, **{name: size for name, size in sizes.items() if size is not None})
    answers = args.truth or args.to.with_name(f"{args.to.name}-truth.csv")
    print(f"A simulated company is in {args.to}; what was planted in it is told in {answers}")
    print(f"Make its workbooks with: python3 scripts/kit.py build {args.to} --to WORKBOOKS")
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
            "progress": _progress,
            "certificate": _certificate,
            "sample": _sample,
        }
    )


def _jobs_here() -> int:
    """One chapter for each processor that this process may use."""
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(here, _MOST_JOBS)


def _error_report() -> Path:
    """The account of the error at hand, in a private file of its own."""
    handle, name = tempfile.mkstemp(prefix="player-to-coach-error-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"Player to Coach {__version__}, Python {sys.version}\n\n{traceback.format_exc()}")
    return Path(name)
