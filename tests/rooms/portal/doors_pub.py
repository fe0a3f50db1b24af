"""Who may open what of the public site: everybody, logged in or not."""

DOORS = {
    "/portal/": None,
    "/portal/c/<slug>/": None,
    "/portal/c/<slug>/feed.xml": None,
    "/portal/a/<pk>/": None,
    "/portal/a/<pk>/picture/<number>": None,
    "/portal/a/<pk>/file/<number>": None,
    "/portal/search/": None,
    "/portal/fault/": None,
    "/portal/feed.xml": None,
    "/portal/sitemap.xml": None,
    "/portal/robots.txt": None,
}
SAMPLES = {"slug": "news"}
CODES: dict[str, str] = {}
