"""Make the samples of data/samples again: .venv/bin/python scripts/make_samples.py

`company/` and `truth/` come from the simulation, `team/` is what a build would put into one manager's workbook. Run it
after a change in the simulation, a measure, the diagnosis or the forecast; tests hold what is committed equal to what
this makes.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playbook.crm.reading_options import ReadingOptions  # noqa: E402
from playbook.simulate.sample import AS_OF, write_sample  # noqa: E402
from playbook.team import SAMPLE_TEAM, Team, save_team  # noqa: E402
from playbook.workbooks.company_source import company_from  # noqa: E402
from playbook.workbooks.company_wide import company_wide  # noqa: E402

SAMPLES = ROOT / "data" / "samples"
MANAGER = "M003"  # a team with five kinds of verdicts; chapters, lessons and readings tell of these people


def main() -> None:
    """Write the company's tables, outside of its folder what was planted in it, and the team."""
    simulated = write_sample(SAMPLES / "company", truth=SAMPLES / "truth" / "truth.csv")
    company = simulated.company
    print(f"{company.settings.name}: {len(company.people)} people, {len(company.opportunities)} deals.")
    team = sample_team()
    save_team(team, ROOT / SAMPLE_TEAM)
    print(f"The team of {team.manager}: {len(team.reps)} reps, {len(team.deals)} deals.")


def sample_team() -> Team:
    """The team that the notebooks open on, of the sample company as committed."""
    source = company_from([SAMPLES / "company"], None, ReadingOptions(), AS_OF)
    wide = company_wide(source, AS_OF, AS_OF)
    return wide.team_for(MANAGER)


if __name__ == "__main__":
    main()
