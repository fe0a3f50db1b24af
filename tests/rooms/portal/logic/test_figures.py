"""Outside the house a figure leads to its basis, inside to its records."""

from hypothesis import given
from hypothesis import strategies as st

from taihua.base.papers import Paper, Paragraph, Run, to_body
from taihua.rooms.portal.logic.figures import for_strangers


def body(*runs):
    return str(to_body(Paper(title="总结", blocks=(Paragraph(runs),))))


def test_each_figure_leads_to_the_note_of_its_basis():
    html = body(
        Run("612", note="帮扶的口径", href="/reports/figures/a/"),
        Run("人次，"),
        Run("306", note="人数的口径", href="/reports/figures/b/"),
        Run("又612", note="帮扶的口径", href="/reports/figures/a/"),
    )

    outside = for_strangers(html)

    assert "/reports/" not in outside
    assert '<a class="figure" href="#note-1" title="帮扶的口径" data-note="1">612</a>' in outside
    assert '<a class="figure" href="#note-2" title="人数的口径" data-note="2">306</a>' in outside
    assert '<a class="figure" href="#note-1" title="帮扶的口径" data-note="1">又612</a>' in outside
    assert html.count("/reports/") == 3


def test_other_links_stay_as_they_are():
    html = body(Run("看这里", href="/portal/c/news/"), Run("有注", note="注"))

    assert for_strangers(html) == html


@given(st.text(max_size=40), st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_whatever_a_figure_says_only_its_link_changes(text, note, address):
    html = body(Run(text, note=note, href=f"/inside/{address}"))

    outside = for_strangers(html)

    assert outside.count('href="#note-1"') == html.count('href="#note-1"') + 1
    assert for_strangers(outside) == outside
