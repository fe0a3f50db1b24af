"""Addresses of the report, its figures and the board."""

from django.urls import path, register_converter

from taihua.rooms.reports.views import board, edit, figures, files, report


class YearConverter:
    """A year of four digits."""

    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(YearConverter, "year")

app_name = "reports"
urlpatterns = [
    path("", report.index, name="index"),
    path("board/", board.board, name="board"),
    path("board/<str:code>/", board.mechanism, name="mechanism"),
    path("figures/", figures.index, name="figures"),
    path("figures/<str:code>/", figures.figure, name="figure"),
    path("records/<uuid:uuid>/", figures.record, name="record"),
    path("<year:year>/", report.year, name="year"),
    path("<year:year>/begin/", report.begin, name="begin"),
    path("<year:year>/refresh/", edit.refresh, name="refresh"),
    path("<year:year>/issue/", edit.issue, name="issue"),
    path("<year:year>/files/<str:form>/", files.make, name="file"),
    path("<year:year>/write/<str:key>/", edit.section, name="section"),
]
