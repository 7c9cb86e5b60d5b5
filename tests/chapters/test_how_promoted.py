import pytest

from playbook.chapters.how_promoted import before_the_first_plan, before_the_first_talk
from playbook.chapters.the_coaching_conversation import conversation
from playbook.chapters.the_improvement_plan import coaching_plan
from playbook.journal.file_journal import FileJournal
from playbook.journal.sheet_registry import ACKNOWLEDGED, ASSUMED, NEVER_ASKED
from tests.coaching.small_team import team
from tests.forms.at_work import workbook
from tests.journal.writing import answer

WAYS = (ASSUMED, ACKNOWLEDGED, NEVER_ASKED)


@pytest.fixture
def promoted(tmp_path):
    """The team of a manager who ticked how they were promoted."""

    def by(way: str):
        made = workbook(tmp_path)
        FileJournal(tmp_path / "journal.jsonl").append([answer("first-steps/way", way)])
        return made

    return by


@pytest.mark.parametrize("way", WAYS)
def test_the_way_of_a_promotion_stands_in_the_talks_and_in_the_plans(promoted, way):
    mine = promoted(way)
    talk, plan = before_the_first_talk(mine).text, before_the_first_plan(mine).text
    assert talk in conversation.who(mine).text and plan in coaching_plan.drafts(mine).text
    assert talk and plan


def test_each_way_changes_what_is_proposed(promoted):
    texts = {(before_the_first_talk(mine).text, before_the_first_plan(mine).text) for mine in map(promoted, WAYS)}
    assert len(texts) == len(WAYS)


def test_without_an_answer_the_talks_say_where_it_is_asked_and_the_plans_say_nothing():
    assert "Tick it in chapter 01." in conversation.who(team()).text
    assert not before_the_first_plan(team())
