from playbook.coaching.reasons import reason, what_was_seen

WHY = (
    "46 of 85 deals that left Solution went on; with deals like these, 61 to 74 would be usual (34 peers), and luck "
    "hardly explains that; to see why, look at two live conversations at this step."
)


def test_a_reason_is_told_in_short_sentences():
    assert reason(WHY) == (
        "46 of 85 deals that left Solution went on. With deals like these, 61 to 74 would be usual (34 peers), and "
        "luck hardly explains that. To see why, look at two live conversations at this step."
    )


def test_what_was_seen_leaves_out_where_to_look():
    assert what_was_seen(WHY).endswith("and luck hardly explains that.")
    assert what_was_seen("One; it may be luck; until then, look at a call.") == "One. It may be luck."


def test_a_reason_of_one_part_stays_as_it_is():
    assert reason("Everybody ramps.") == what_was_seen("Everybody ramps.") == "Everybody ramps."
