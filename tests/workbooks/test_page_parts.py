"""Parts of a chapter on the page: anchors, what is folded, the list of people, and ways between chapters."""

from playbook.workbooks.page_parts import Cell, Named, linked, parts_of

OPEN = Cell('<h3 id="c5-Why-ask?">Why ask?</h3><p>Because.</p>')
LATER = Cell('<h3 id="c5-Is-it-luck?">Is it luck?</h3><p>Perhaps.</p>', later=True)


def test_a_part_that_is_read_later_is_folded_with_all_its_cells_under_its_own_heading():
    html = parts_of([LATER, Cell("<p>More of it.</p>"), OPEN], "c5").html
    folded, _, after = html.partition("</details>")
    assert folded.startswith('<details class="ptc-later"><summary><h3 id="c5-Is-it-luck?">Is it luck?</h3></summary>')
    assert "More of it." in folded and "Why ask?" in after and "<details" not in after


def test_a_folded_part_at_the_end_is_closed_and_an_open_one_opens_nothing():
    assert parts_of([OPEN, LATER], "c5").html.count("</details>") == 1
    assert "details" not in parts_of([OPEN], "c5").html


def test_every_heading_of_a_person_has_an_anchor_of_its_own():
    parts = parts_of([Cell("<h4>Ana &amp; Co</h4><p>a</p><h4>Ana &amp; Co</h4>")], "c5")
    assert [heading.anchor for heading in parts.named] == ["c5-ana-amp-co", "c5-ana-amp-co-2"]
    assert '<h4 id="c5-ana-amp-co">Ana &amp; Co</h4>' in parts.html


def test_many_headings_are_listed_with_links_and_few_are_not():
    many = parts_of([Cell("".join(f"<h4>Rep {n}</h4>" for n in range(4)))], "c5").html
    assert many.startswith('<ul class="ptc-in-here"><li><a href="#c5-rep-0">Rep 0</a></li>')
    assert "ptc-in-here" not in parts_of([Cell("<h4>Rep 1</h4>")], "c5").html


def test_a_heading_leads_to_the_same_person_in_other_chapters():
    own = (Named("Ana: Discounting", "c6-ana"),)
    html = linked('<h4 id="c6-ana">Ana: Discounting</h4><p>x</p>', own, {"Ana": [("Each rep", "c5-ana")]})
    assert '</h4><p class="ptc-also">Ana in other chapters: <a href="#c5-ana">Each rep</a></p><p>x</p>' in html
    assert linked("<p>x</p>", (), {}) == "<p>x</p>"


def test_the_way_through_is_the_parts_that_are_marked():
    marked = Cell(OPEN.html, on_the_way=True)
    assert parts_of([marked, LATER], "c5").way == (Named("Why ask?", "c5-Why-ask?"),)
