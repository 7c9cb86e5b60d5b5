"""What the whole company shows is told with its n, and as nobody's doing."""

import pandas as pd
import pytest

from playbook.diagnosis.diagnosis_rows import Pattern
from playbook.metrics.win_rate_by import TRAITS
from playbook.sentences.pattern_sentences import pattern_sentences

MARCH = Pattern("quarter_end", "yes", "win_rate", 0.81, 0.52, 0.2, 0.4, 1204, 0.001)


def test_the_quarters_end_is_told_beside_all_other_deals():
    assert pattern_sentences(pd.DataFrame([MARCH])) == [
        "Across the whole company, 81% of about 1,204 closed deals that closed in a quarter's last month are won, and "
        "52% of all others: that is no one person's doing."
    ]


@pytest.mark.parametrize("trait", sorted(TRAITS))
def test_every_trait_has_a_sentence_for_a_group_of_any_name(trait):
    (sentence,) = pattern_sentences(pd.DataFrame([MARCH._replace(pattern=trait, group="Demo; POC")]))
    assert sentence.endswith("that is no one person's doing.") and "Demo; POC" in sentence


def test_a_finding_without_patterns_says_nothing():
    assert pattern_sentences(pd.DataFrame()) == []
