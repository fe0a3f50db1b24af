"""The addresses of the room; each mechanism adds its own list."""

from django.urls import path

from taihua.rooms.study.views import home, plans

app_name = "study"
urlpatterns = [
    path("", home.home, name="home"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.new_plan, name="new-plan"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/revise/", plans.revise_plan, name="revise-plan"),
    path("plans/<int:pk>/decide/", plans.decide, name="decide-plan"),
    path("plans/<int:pk>/close/", plans.close_plan, name="close-plan"),
]
