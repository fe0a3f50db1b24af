"""What everybody reads."""

from django.urls import path

from taihua.rooms.portal.views import faults, feeds, public, search

urlpatterns = [
    path("", public.front, name="front"),
    path("c/<slug:slug>/", public.column, name="column"),
    path("c/<slug:slug>/feed.xml", feeds.column, name="column_feed"),
    path("a/<int:pk>/", public.article, name="article"),
    path("a/<int:pk>/picture/<int:number>", public.picture, name="picture"),
    path("a/<int:pk>/file/<int:number>", public.file, name="file"),
    path("search/", search.search, name="search"),
    path("fault/", faults.tell, name="tell-fault"),
    path("fault/<str:receipt>/", faults.fault, name="fault"),
    path("feed.xml", feeds.everything, name="feed"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
]
