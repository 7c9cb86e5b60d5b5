"""Make the sample company of data/samples again: python3 scripts/make_samples.py

Run it after a change in playbook/simulate; a test holds the committed tables equal to what it makes.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playbook.simulate.sample import write_sample  # noqa: E402


def main() -> None:
    """Write the company's tables and, outside of its folder, what was planted in it."""
    samples = ROOT / "data" / "samples"
    simulated = write_sample(samples / "company", truth=samples / "truth" / "truth.csv")
    company = simulated.company
    print(f"{company.settings.name}: {len(company.people)} people, {len(company.opportunities)} deals.")


if __name__ == "__main__":
    main()
