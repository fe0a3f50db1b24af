"""The addresses of the portal: what everybody reads, what its editors do, what is asked of everybody."""

from taihua.rooms.portal.urls import consultations, editing, public

app_name = "portal"
urlpatterns = [*editing.urlpatterns, *consultations.urlpatterns, *public.urlpatterns]
