"""Set up Player to Coach if needed, then do what was asked. Needs nothing but Python.

python3 scripts/kit.py build [--pdf]    workbooks of the sample company, into build/workbooks
python3 scripts/kit.py build EXPORTS --to FOLDER
                                        one workbook per manager from your own export files
python3 scripts/kit.py lab [WORKBOOK]   JupyterLab, opened on the front door or on a workbook
python3 scripts/kit.py test [--soak] [ARGS of pytest]
                                        the whole test suite, every notebook included
python3 scripts/kit.py audit [--advisories FILE]
                                        what is known against any version that the kit pins
python3 scripts/kit.py setup            only set up
python3 scripts/kit.py WORD ...         any other word goes to `playbook`; `playbook --help` lists them

The first time, it makes the folder .venv in this project: a Python of its own with the packages that
requirements.lock names, each checked by its hash. Nothing else on the machine changes. Delete .venv to undo it.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

# This file is written so that Python 3.6 can read it, and say that it is too old.
OLDEST = (3, 11)
NEWEST = (3, 14)
# The whole suite runs in as many processes as there are processors (one more took no less time, though browsers make
# theirs wait); a file's tests share what they make.
SIDE_BY_SIDE = ["-n", "auto", "--dist", "loadfile"]
SAMPLE = ["data/samples/company", "--to", "build/workbooks", "--resume"]


def main(args):
    """Set up if needed, then run the command that `args` names; returns its exit status (2: something is missing)."""
    if not args or args[0] in ("-h", "--help", "help"):
        print(__doc__.strip())
        return 0
    if sys.version_info[:2] < OLDEST:
        return _hand_over(args)
    import kit_audit
    import kit_setup

    try:
        (kit_audit if args[0] == "audit" else kit_setup).set_up()
    except kit_setup.Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nStopped. Nothing is half done: start again whenever you like.", file=sys.stderr)
        return 130
    if args[0] == "setup":
        print("Player to Coach is set up.")
        return 0
    if args[0] == "audit":
        argv = [str(kit_audit.python()), str(kit_setup.ROOT / "scripts" / "audit.py")] + args[1:]
        return _run(argv, Path.cwd(), kit_setup.clean_environment())
    argv, folder, added = command(args, kit_setup.ROOT)
    return _run([str(kit_setup.venv_python())] + argv, folder, dict(kit_setup.clean_environment(), **added))


def command(args, root):
    """What Python is to run for `args`: (its arguments, the folder to run in, environment to add)."""
    word, rest = args[0], args[1:]
    if word == "test":
        soak = {"PLAYBOOK_SOAK": "1"} if "--soak" in rest else {}
        paths = [arg for arg in rest if arg != "--soak"]
        return ["-m", "pytest"] + (paths or SIDE_BY_SIDE), root, soak
    if word == "build" and set(rest) <= {"--pdf"}:
        return ["-m", "playbook", "build"] + SAMPLE + rest, root, {}
    return ["-m", "playbook", word] + rest, Path.cwd(), {}


def _hand_over(args):
    """Run under a newer Python of the search path, or say that none is there."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer and subprocess.call([newer, "-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
            return subprocess.call([newer, str(Path(__file__).resolve())] + args)
    this = f"Player to Coach needs Python {OLDEST[0]}.{OLDEST[1]} or newer, and this is {platform.python_version()}"
    print(f"{this}: install a newer Python, then start again.", file=sys.stderr)
    return 2


def _run(argv, folder, environment):
    """Run a program to its end; returns its exit status. On Linux and macOS this process becomes that program."""
    sys.stdout.flush()
    os.chdir(str(folder))
    if os.name != "nt":  # signals and exit status are then the program's own
        os.execve(argv[0], argv, environment)
    child = subprocess.Popen(argv, env=environment)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # the program got it as well, and tidies up
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
