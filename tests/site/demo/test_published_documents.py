"""What the district has issued and put on its public site."""

import pytest

from taihua.base.clock import ZONE
from taihua.kernel.documents.models import Version
from taihua.kernel.records.queries import statements
from taihua.rooms.portal.models import Article
from taihua.rooms.portal.queries.editing import documents_to_publish

pytestmark = pytest.mark.usefixtures("in_district")


def test_of_each_kind_of_document_one_is_public_with_its_files_and_others_wait():
    public = Article.objects.filter(version__isnull=False, live__isnull=False)
    kinds = dict(Version.objects.values_list("pk", "document__kind"))
    found = {kinds[each.version]: each for each in public}

    assert sorted(found) == [
        "forums/notice",
        "forums/proceedings",
        "reading/volume",
        "reports/yearly",
        "study/minutes",
    ]
    volume, minutes = found["reading/volume"], found["study/minutes"]
    assert (volume.live.title, str(volume.column)) == ("苔花风景 第一辑", "学习园地")
    assert {file.name.rpartition(".")[2] for file in volume.files.all()} == {"epub", "pdf"}
    assert "学习纪要" in minutes.live.title
    assert [file.name.rpartition(".")[2] for file in minutes.files.all()] == ["pdf"]
    for each in (volume, minutes):
        told = statements().filter(verb__code="published-document", object_path=each.path)
        assert [one.day for one in told] == [each.published_at.astimezone(ZONE).date()]
    waiting = documents_to_publish()
    assert waiting.filter(document__kind="reading/volume").exists()
    assert waiting.filter(document__kind="study/minutes").exists()
