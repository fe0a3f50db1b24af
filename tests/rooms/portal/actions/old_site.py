"""Pages of a former site, and a zip of such."""

from io import BytesIO
from zipfile import ZipFile

PAGE = """<html><head><title>{title}-苔花教育网</title></head><body><h1>{title}</h1>
<p>发布时间：{day} 来源：苔花一小 作者：沈青</p>
<div id="content"><p>{text}</p><p><img src="img/a.png"></p></div></body></html>"""


def page(title="旧文章", day="2012-03-04 09:30", text="旧的正文。", encoding="gb18030"):
    return PAGE.format(title=title, day=day, text=text).encode(encoding)


def zipped(**files):
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return packed.getvalue()
