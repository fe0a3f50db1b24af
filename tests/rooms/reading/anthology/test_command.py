import pytest
from django.core.management import CommandError, call_command

from taihua.kernel.documents.models import DocumentFile
from taihua.rooms.reading.actions.volumes import issue_volume
from taihua.rooms.reading.management.commands import volume as volume_command
from tests.rooms.reading.anthology.conftest import LATER


@pytest.fixture
def issued(ready, su):
    return issue_volume(volume=ready, by=su.account, at=LATER)


def test_a_volume_is_built_again_and_is_the_same(issued, tmp_path, capsys):
    out = tmp_path / "volume.epub"

    call_command("volume", "3", "--form", "epub", "--out", str(out), "--check")

    assert out.read_bytes() == bytes(DocumentFile.objects.get().content)
    assert "逐字节相同" in capsys.readouterr().out


def test_a_file_that_another_binder_made_differently_is_told(issued, tmp_path, monkeypatch):
    monkeypatch.setattr(volume_command, "bind_volume", lambda _bound: b"of another year")

    with pytest.raises(CommandError, match="不一样") as refusal:
        call_command("volume", "3", "--out", str(tmp_path / "v.epub"), "--check")

    assert refusal.value.returncode == 1


def test_a_form_that_was_never_made_has_nothing_to_compare(issued, tmp_path):
    with pytest.raises(CommandError, match="没有可比的"):
        call_command("volume", "3", "--form", "pdf", "--out", str(tmp_path / "v.pdf"), "--check")


def test_a_volume_that_is_not_issued_is_refused(volume, tmp_path):
    with pytest.raises(CommandError, match="没有印发过第 3 辑") as refusal:
        call_command("volume", "3", "--out", str(tmp_path / "v.epub"))

    assert refusal.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(issued, tmp_path):
    with pytest.raises(CommandError, match="请换个位置再试"):
        call_command("volume", "3", "--out", str(tmp_path / "none" / "v.epub"))
