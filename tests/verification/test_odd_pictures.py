from hypothesis import settings as hypothesis

from tests.verification.odd_pictures import outcome

BY_DAY, BY_NIGHT = 50, 1000
SECONDS = 30  # for one picture, on a machine that has others to serve
MIB = 800  # of a process


def test_odd_pictures_end_in_a_picture_or_a_refusal_within_time_and_memory():
    """Read in processes of their own: one that crashes fails this test and no other."""
    count = BY_NIGHT if hypothesis.get_current_profile_name() == "night" else BY_DAY

    said = outcome(count)

    kept, read = said["keep"]["became"], said["read"]["became"]
    assert (sum(kept.values()), sum(read.values())) == (count, kept["kept"])
    assert {"truncated", "unsupported"} < set(kept)
    assert (kept["kept"] > count / 3, set(read)) == (True, {"read", "no card in the picture"})
    assert max(step["slowest"] for step in said.values()) < SECONDS
    assert max(step["MiB"] for step in said.values()) < MIB
