"""The addresses of the people pages."""

from django.urls import path

from taihua.kernel.org import views

app_name = "org"
# A staff number of the roster may hold a slash.
urlpatterns = [
    path("", views.people, name="people"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/<str:username>/grant/", views.grant, name="grant"),
    path("accounts/<str:username>/withdraw/<int:pk>/", views.withdraw, name="withdraw"),
    path("accounts/<str:username>/switch/", views.switch, name="switch"),
    path("accounts/<str:username>/password/", views.renew, name="renew"),
    path("<path:code>/", views.person, name="person"),
]
