def test_the_sample_companys_levels_hold_what_is_expected_between_their_bounds(sample_diagnosis):
    known = sample_diagnosis.levels.dropna(subset=["expected", "peer_low"])
    assert (known["peer_low"] <= known["expected"] + 1e-9).all()
    assert (known["expected"] <= known["peer_high"] + 1e-9).all()


def test_most_ordinary_reps_land_where_nine_of_ten_should(sample_diagnosis, truth):
    plain = truth.loc[truth["cause"] == "none", "rep_id"]
    known = sample_diagnosis.levels.dropna(subset=["peer_low"])
    known = known[known["rep_id"].isin(plain)]
    inside = known["seen"].between(known["peer_low"], known["peer_high"]).mean()
    assert 0.84 <= inside <= 0.97
