import re
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taihua.rooms.reading.enums import Fault
from taihua.rooms.reading.logic import archive
from taihua.rooms.reading.logic.archive import EpubRefused
from taihua.rooms.reading.logic.epub import picture_type, read_epub
from tests.rooms.reading.books import CONTAINER, NAV, OPF, PNG, SOUND, epub, epub_with, page

NCX = """<?xml version="1.0"?>
<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>
<navPoint><navLabel><text>老目录</text></navLabel><content src="text/one.xhtml#a"/></navPoint>
</navMap></ncx>"""


def fault_of(data: bytes) -> Fault:
    with pytest.raises(EpubRefused) as refusal:
        read_epub(data)
    return refusal.value.fault


def text_in(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def test_a_sound_book_is_read_in_the_order_of_its_spine():
    book = read_epub(epub())

    assert (book.title, book.author, book.language) == ("劝学", "荀子", "zh")
    assert [chapter.href for chapter in book.chapters] == [
        "OPS/text/one.xhtml",
        "OPS/text/two.xhtml",
    ]
    assert [chapter.title for chapter in book.chapters] == ["上篇", "积土"]
    assert book.chapters[0].text == "劝学\n学不可以已。\n青，取之于蓝，而青于蓝；\n"


def test_blocks_are_named_by_the_place_of_their_first_character():
    chapter = read_epub(epub()).chapters[0]

    html = "".join(section.html for section in chapter.sections)
    assert '<h1 id="c0">劝学</h1>' in html
    assert '<p id="c3">学不可以已。</p>' in html
    assert chapter.text[3:].startswith("学不可以已")


def test_links_between_chapters_and_pictures_become_relative_and_others_lose_their_address():
    first, second = read_epub(epub()).chapters

    assert 'src="../pictures/1/"' in first.sections[-1].html
    assert '<a href="../1/#c3">见上</a>' in second.sections[-1].html
    assert "<a>外边</a>" in second.sections[-1].html
    assert "example.org" not in second.sections[-1].html


def test_an_old_book_gives_its_chapter_titles_from_the_ncx():
    opf = OPF.replace(
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>',
        '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
    )

    book = read_epub(epub({"OPS/book.opf": opf, "OPS/toc.ncx": NCX, "OPS/nav.xhtml": None}))

    assert [chapter.title for chapter in book.chapters] == ["老目录", "积土"]


def test_a_book_without_contents_is_titled_by_its_headings_and_by_itself():
    opf = re.sub(r'<item id="nav"[^>]*>', "", OPF)

    book = read_epub(epub({"OPS/book.opf": opf, "OPS/text/one.xhtml": page("<p>学</p>")}))

    assert [chapter.title for chapter in book.chapters] == ["劝学", "积土"]


def test_loose_text_and_wrappers_become_paragraphs():
    chapter = read_epub(epub_with("开头<div>一<div>二<em>三</em></div></div><br/>尾")).chapters[0]

    assert chapter.text == "开头\n一\n二三\n\n尾\n"
    assert chapter.sections[0].html.startswith('<p id="c0">开头</p><p id="c3">一</p>')


@pytest.mark.parametrize("start", ["<pre>\n", "<pre>\n\n", "<pre><div>\n", "<pre><div>\n\n"])
def test_no_line_break_that_browsers_drop_is_counted(start):
    chapter = read_epub(epub_with(f"{start}上\n\n下</pre>")).chapters[0]

    assert chapter.sections[0].html == '<pre id="c0">上\n\n下</pre>'
    assert chapter.text == "上\n\n下\n"


@pytest.mark.parametrize(
    ("markup", "shown", "text"),
    [
        ("<h2>上<div>下</div></h2>", '<h2 id="c0">上<br>下</h2>', "上\n下\n"),
        ("<pre>上<div>下", '<pre id="c0">上<br>下</pre>', "上\n下\n"),
        (
            "<ul><li><div>上</div><div>下</div></li></ul>",
            '<ul><li id="c0">上<br>下</li></ul>',
            "上\n下\n",
        ),
        (
            "<h2>上<div><em>下</em>中</div></h2>",
            '<h2 id="c0">上<em><br>下</em>中</h2>',
            "上\n下中\n",
        ),
        (
            "<blockquote>上<div><p>下</p></div></blockquote>",
            '<blockquote id="c0">上<p id="c2">下</p></blockquote>',
            "上\n下\n",
        ),
        ("<h2>上<div></div></h2><p>下</p>", '<h2 id="c0">上</h2><p id="c2">下</p>', "上\n下\n"),
        ("<h2>上<br><div>下</div></h2>", '<h2 id="c0">上<br>下</h2>', "上\n下\n"),
    ],
)
def test_a_wrapper_inside_a_block_breaks_the_line_that_is_shown_too(markup, shown, text):
    chapter = read_epub(epub_with(markup)).chapters[0]

    assert "".join(section.html for section in chapter.sections) == shown
    assert chapter.text == text


def test_space_between_chinese_characters_is_a_line_break_of_the_source_only():
    chapter = read_epub(epub_with("<p>学不\n  可以 已 well  said</p><pre>a\n  b</pre>")).chapters[0]

    assert chapter.text == "学不可以已 well said\na\n  b\n"


def test_an_address_that_leads_nowhere_is_dropped_and_its_words_stay():
    body = (
        '<p><a href="../../../etc/passwd">甲</a><a href="gone.xhtml">乙</a>'
        '<a href="two.xhtml#nowhere">丙</a><a href="http://[bad">丁</a></p>'
    )
    with pytest.raises(EpubRefused):
        read_epub(epub_with(body))
    html = read_epub(epub_with(body.replace("http://[bad", "mailto:x@example.org"))).chapters[0]

    assert html.sections[0].html == (
        '<p id="c0"><a>甲</a><a>乙</a><a href="../2/">丙</a><a>丁</a></p>'
    )


def test_a_line_of_the_contents_without_words_is_passed_over():
    nav = NAV.replace("<ol>", '<ol><li><a href="text/two.xhtml"> </a></li>')

    book = read_epub(epub({"OPS/nav.xhtml": nav}))

    assert [chapter.title for chapter in book.chapters] == ["上篇", "积土"]


def test_a_page_too_long_to_be_one_and_a_name_too_long_to_be_one_are_refused():
    varied = "".join(chr(0x4E00 + place * 7919 % 20_000) for place in range(800_000))

    assert fault_of(epub_with(f"<p>{varied}</p>")) == Fault.LONG
    assert fault_of(epub({"x" * 401: "x"})) == Fault.BAD_NAME


def test_a_page_of_many_blocks_is_read_in_one_go():
    chapter = read_epub(epub_with("<p>学</p>" * 40_000)).chapters[0]

    assert chapter.text == "学\n" * 40_000
    assert chapter.sections[-1].html.endswith('<p id="c79998">学</p>')


def test_a_long_chapter_is_cut_into_sections_between_its_blocks():
    body = "".join(f"<p>{'学' * 250}</p>" for _ in range(8))

    sections = read_epub(epub_with(body)).chapters[0].sections

    assert [section.start for section in sections] == [0, 753, 1506]


def test_a_list_stays_whole():
    body = f"<ul><li>{'学' * 700}</li><li>习<ul><li>时</li></ul></li></ul>"

    chapter = read_epub(epub_with(body)).chapters[0]

    assert len(chapter.sections) == 1
    assert chapter.sections[0].html.count("</ul>") == 2
    assert chapter.text.endswith("\n习\n时\n")


def test_encodings_are_believed_as_declared():
    declared = '<?xml version="1.0" encoding="gb18030"?>' + page("<p>学</p>")
    marked = page("<p>习</p>").encode("utf-16")

    book = read_epub(
        epub({"OPS/text/one.xhtml": declared.encode("gb18030"), "OPS/text/two.xhtml": marked})
    )

    assert [chapter.text for chapter in book.chapters] == ["学\n", "习\n"]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p>学</p><script>alert(1)</script>", Fault.SCRIPT),
        ('<p onclick="alert(1)">学</p>', Fault.SCRIPT),
        ('<p>学</p><svg onload="alert(1)"></svg>', Fault.SCRIPT),
        ('<a href="java\tscript:alert(1)">学</a>', Fault.SCRIPT),
        ('<iframe src="x.html"></iframe>', Fault.SCRIPT),
        ('<object data="x.swf"></object>', Fault.SCRIPT),
        ('<form action="x"><p>学</p></form>', Fault.SCRIPT),
        ('<p>学</p><img src="https://example.org/x.png"/>', Fault.OUTSIDE),
        ('<p>学</p><img src="//example.org/x.png"/>', Fault.OUTSIDE),
        ('<svg><image xlink:href="https://example.org/x.svg"/></svg>', Fault.OUTSIDE),
        ('<p>学</p><img src="http://[bad"/>', Fault.BROKEN),
    ],
)
def test_a_page_that_acts_or_fetches_is_refused(body, fault):
    assert fault_of(epub_with(body)) == fault


def test_a_stylesheet_from_outside_is_refused_and_one_inside_is_ignored():
    outside = '<link rel="stylesheet" href="https://example.org/x.css"/>'
    inside = '<link rel="stylesheet" href="x.css"/><style>p { color: red }</style>'

    assert fault_of(epub_with("<p>学</p>", outside)) == Fault.OUTSIDE
    assert read_epub(epub_with("<p>学</p>", inside)).chapters[0].text == "学\n"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"mimetype": None}, Fault.NOT_EPUB),
        ({"mimetype": "application/zip"}, Fault.NOT_EPUB),
        ({"META-INF/container.xml": None}, Fault.NO_CONTAINER),
        ({"META-INF/container.xml": "<container/>"}, Fault.NO_CONTAINER),
        ({"META-INF/container.xml": "<container"}, Fault.BROKEN),
        ({"META-INF/encryption.xml": "<encryption/>"}, Fault.LOCKED),
        ({"OPS/book.opf": None}, Fault.MISSING),
        ({"OPS/text/two.xhtml": None}, Fault.MISSING),
        ({"OPS/pictures/moss.png": None}, Fault.MISSING),
        ({"OPS/book.opf": re.sub("<itemref[^>]*>", "", OPF)}, Fault.EMPTY),
        ({"OPS/book.opf": OPF.replace("text/one", "https://example.org/one")}, Fault.OUTSIDE),
        ({"OPS/book.opf": OPF.replace("text/one.xhtml", "../../one.xhtml")}, Fault.BAD_NAME),
        ({"OPS/text/one.xhtml": b"\xff\xfe\xff", "OPS/text/two.xhtml": b"\xff"}, Fault.BROKEN),
        ({"OPS/text/one.xhtml": page(""), "OPS/text/two.xhtml": page(" ")}, Fault.EMPTY),
        ({"../evil.txt": "x"}, Fault.BAD_NAME),
        ({"/etc/passwd": "x"}, Fault.BAD_NAME),
        ({"a\\..\\b": "x"}, Fault.BAD_NAME),
        ({"C:/x": "x"}, Fault.BAD_NAME),
    ],
)
def test_a_book_that_is_not_whole_is_refused_with_its_reason(changes, fault):
    assert fault_of(epub(changes)) == fault


def test_entities_of_its_own_are_refused_wherever_they_stand():
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'

    assert fault_of(epub({"META-INF/container.xml": bomb + CONTAINER})) == Fault.ENTITIES
    assert fault_of(epub({"OPS/book.opf": bomb + OPF})) == Fault.ENTITIES
    assert fault_of(epub({"OPS/text/one.xhtml": bomb + page("<p>&b;</p>")})) == Fault.ENTITIES


def test_a_zip_bomb_is_refused_before_it_is_opened():
    assert fault_of(epub({"OPS/bomb": bytes(30_000_000)})) == Fault.SWELLS


def test_too_many_files_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "MOST_FILES", 3)

    assert fault_of(epub()) == Fault.SWELLS


def test_a_file_of_fifty_megabytes_is_refused_unread():
    assert fault_of(bytes(50 * 1024 * 1024)) == Fault.TOO_BIG


def test_what_is_no_zip_is_refused():
    assert fault_of(b"") == Fault.NOT_ZIP
    assert fault_of(b"%PDF-1.7") == Fault.NOT_ZIP
    assert fault_of(epub()[:-200]) == Fault.NOT_ZIP


def test_a_file_damaged_inside_the_zip_is_refused_by_name():
    data = bytearray(epub({"OPS/text/one.xhtml": page("<p>" + "学而时习之" * 9 + "</p>")}))
    name = b"OPS/text/one.xhtml"
    data[data.index(name) + len(name) + 20] ^= 0xFF

    with pytest.raises(EpubRefused, match=r"OPS/text/one\.xhtml"):
        read_epub(bytes(data))


def test_a_symbolic_link_and_a_password_are_refused():
    def with_entry(link: int, flags: int) -> bytes:
        packed = BytesIO()
        with ZipFile(packed, "w") as made:
            made.writestr("mimetype", SOUND["mimetype"])
            entry = ZipInfo("x")
            entry.external_attr = link << 16
            made.writestr(entry, "/etc/passwd")
            made.getinfo("x").flag_bits |= flags
        return packed.getvalue()

    assert fault_of(with_entry(0o120777, 0)) == Fault.BAD_NAME
    assert fault_of(with_entry(0, 1)) == Fault.LOCKED


def test_a_refusal_says_why_and_where():
    assert str(EpubRefused(Fault.MISSING, "a.xhtml")) == f"{Fault.MISSING.label}（a.xhtml）"
    assert str(EpubRefused(Fault.TOO_BIG)) == Fault.TOO_BIG.label


def test_pictures_are_known_by_their_bytes_and_svg_is_none():
    assert picture_type(PNG) == "image/png"
    assert picture_type(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert picture_type(b"RIFF\x00\x00\x00\x00WEBPVP8 ") == "image/webp"
    assert picture_type(b'<svg xmlns="http://www.w3.org/2000/svg"/>') is None


def test_a_picture_that_is_something_else_is_not_shown():
    book = read_epub(epub({"OPS/pictures/moss.png": b"<script>alert(1)</script>"}))

    assert book.pictures == ()
    assert "src=" not in book.chapters[0].sections[-1].html


MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>", "</p>", "<div>", "</div>", "<em>", "</em>", "<ul>", "<li>", "</li>", "</ul>",
            "<h1>", "</h1>", "<table>", "<tr>", "<td>", "</table>", "<br/>", "<pre>", "</pre>",
            "学而时习之", " ", "\n", "&amp;", "&lt;script&gt;", "&#x20000;", "<p id='c0\"x'>", "<!--",
            "-->", "<a href='#x'>", "</a>", "<img src='x.png'>", "<b", "<ruby>", "<rt>", '"', "'>",
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(MARKUP)
def test_whatever_the_markup_the_text_is_what_is_shown_and_names_point_into_it(markup):
    chapter = read_epub(epub_with("<p>始</p>" + markup)).chapters[0]

    html = "".join(section.html for section in chapter.sections)
    assert "<script" not in html
    for name, shown in re.findall(r'id="c(\d+)">([^<]*)', html):
        words = shown.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
        assert chapter.text[int(name) :].startswith(words.replace("\xa0", "\xa0"))
    names = re.findall(r'id="(c\d+)"', html)
    assert len(names) == len(set(names))
    assert set(re.findall(r'(?:src|href)="([^"]*)"', html)) <= {"../1/", "../pictures/1/"}


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    with pytest.raises(EpubRefused):
        read_epub(data)


@given(st.sampled_from(sorted(SOUND)), st.binary(max_size=200))
def test_any_one_file_may_be_anything(name, content):
    with suppress(EpubRefused):
        assert read_epub(epub({name: content})).chapters


def test_tags_that_lie_too_deep_are_refused_before_anything_is_cleaned():
    assert fault_of(epub_with("<div>" * 60_000 + "字" + "</div>" * 60_000)) == Fault.LONG
    assert read_epub(epub_with("<div>" * 100 + "字" + "</div>" * 100)).chapters[0].text == "字\n"


def test_a_book_of_more_tags_than_any_book_has_is_refused(monkeypatch):
    monkeypatch.setattr("taihua.rooms.reading.logic.epub.MOST_TAGS", 50)

    assert fault_of(epub_with("<p>学</p>" * 60)) == Fault.LONG
