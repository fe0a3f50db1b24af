"""Addresses of the room."""

from django.urls import path

from taihua.rooms.outreach.views import app, plans, proposals, visits

app_name = "outreach"
urlpatterns = [
    path("", visits.visits, name="visits"),
    path("visits/new/", visits.new_visit, name="new-visit"),
    path("visits/<int:pk>/", visits.visit, name="visit"),
    path("visits/<int:pk>/revise/", visits.revise_visit, name="revise-visit"),
    path("visits/<int:pk>/count-again/", visits.count_again, name="count-again"),
    path("problems/<int:pk>/", visits.settle_problem, name="settle-problem"),
    path("plan/", plans.plan, name="plan"),
    path("plan/<int:pk>/cancel/", plans.cancel, name="cancel-plan"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/<slug:kind>/", proposals.take_step, name="take-step"),
    path("app/", app.app, name="app"),
    path("app/worker.js", app.worker, name="worker"),
    path("app/app.webmanifest", app.manifest, name="manifest"),
    path("app/state/", app.state, name="state"),
    path("app/take-in/", app.take_in, name="take-in"),
]
