"""A section as it was printed, out of the sealed HTML."""

from partner.files import stored
from partner.submissions.printed import printed


def test_each_item_is_cut_out_whole(desk_at):
    found = printed(desk_at("submitted").submission)
    assert list(found) == [f"M{n}" for n in range(1, 10)]
    assert "M1-1" in found["M1"]
    assert "M2-1" not in found["M1"]
    assert all(body.count("<table") == body.count("</table>") > 0 for body in found.values())
    assert all(body.count("<section") == body.count("</section>") for body in found.values())


def test_nothing_is_cut_out_of_a_damaged_file(desk_at):
    submission = desk_at("submitted").submission
    file = submission.files.get(format="html")
    place = stored.place_of(file.digest)
    place.chmod(0o644)
    place.write_text("x", encoding="utf-8")
    assert printed(submission) == {}
