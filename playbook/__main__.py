"""`python -m playbook …` does what `playbook …` does, also where the command is not on the search path."""

import sys

from playbook.cli import main

if __name__ == "__main__":
    sys.exit(main())
