"""The documentation builds, and no link in it leads nowhere."""

import pytest

from tools import docs


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    monkeypatch.setattr(docs, "DOCS", tmp_path / "docs")
    monkeypatch.setattr(docs, "TARGET", tmp_path / "build" / "docs")
    (tmp_path / "docs" / "howto").mkdir(parents=True)
    (tmp_path / "README.md").write_text("# Taihua\n\n[如何](docs/howto/部署.md#第二步)\n")
    (tmp_path / "docs" / "howto" / "部署.md").write_text(
        "# 部署\n\n## 第二步\n\n[回去](../../README.md) ![](p.png)\n\n| a |\n|---|\n| b |\n"
    )
    (tmp_path / "docs" / "howto" / "p.png").write_bytes(b"png")
    return tmp_path


def test_pages_are_built_and_lead_to_each_other(folder):
    assert docs.main([]) == 0

    built = folder / "build" / "docs"
    page = (built / "docs" / "howto" / "部署.html").read_text()
    assert '<html lang="zh-Hans">' in page
    assert 'href="../../README.html"' in page
    assert '<h2 id="第二步">' in page
    assert "<td>b</td>" in page
    assert (built / "docs" / "howto" / "p.png").read_bytes() == b"png"


def test_a_line_break_within_chinese_is_no_space(folder):
    (folder / "README.md").write_text("# 苔花\n\n苔花如米小，\n也学牡丹开。\nSmall as\nrice.\n")

    docs.main([])

    built = (folder / "build" / "docs" / "README.html").read_text()
    assert "苔花如米小，也学牡丹开。\nSmall as\nrice." in built


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[x](nowhere.md)", "README.md: nowhere.md is not there"),
        ("![x](nowhere.png)", "README.md: nowhere.png is not there"),
        ("[x](#nothing)", "README.md: #nothing has no such heading"),
    ],
)
def test_a_link_that_leads_nowhere_fails_the_build(folder, capsys, text, sentence):
    (folder / "README.md").write_text(f"# Taihua\n\n{text}\n")

    assert docs.main([]) == 1

    assert sentence in capsys.readouterr().err
    assert not (folder / "build").exists()


def test_no_link_in_this_documentation_leads_nowhere(capsys):
    assert docs.main(["--check"]) == 0, capsys.readouterr().err
