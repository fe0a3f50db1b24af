"""The addresses of the room; each mechanism adds its own list."""

from django.urls import path

from taihua.rooms.study.views import attendance, home, lectures, outcomes, plans, sessions, turns

app_name = "study"
PLANS = [
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.new_plan, name="new-plan"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/revise/", plans.revise_plan, name="revise-plan"),
    path("plans/<int:pk>/decide/", plans.decide, name="decide-plan"),
    path("plans/<int:pk>/close/", plans.close_plan, name="close-plan"),
]
SESSIONS = [
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/new/", sessions.new_session, name="new-session"),
    path("sessions/<int:pk>/", sessions.session, name="session"),
    path("sessions/<int:pk>/change/", sessions.change_session, name="change-session"),
    path("sessions/<int:pk>/cancel/", sessions.cancel_session, name="cancel-session"),
    path("sessions/<int:pk>/material/", sessions.material, name="material"),
    path("sessions/<int:pk>/archive/", sessions.archive, name="archive"),
    path("sessions/<int:pk>/archive/<slug:form>/", sessions.archive_file, name="archive-file"),
    path("sessions/<int:pk>/leave/", attendance.ask_leave, name="ask-leave"),
    path("sessions/<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path("sessions/<int:pk>/questions/", attendance.questions, name="questions"),
    path("sessions/<int:pk>/check/", attendance.check, name="check"),
    path("sessions/<int:pk>/minutes/", outcomes.minutes, name="minutes"),
    path("sessions/<int:pk>/minutes/read/", outcomes.read_minutes, name="read-minutes"),
    path("sessions/<int:pk>/minutes/issue/", outcomes.issue_minutes, name="issue-minutes"),
    path("sessions/<int:pk>/effect/", outcomes.new_effect, name="new-effect"),
    path("materials/<int:pk>/", sessions.material_file, name="material-file"),
    path("catch-up/", attendance.catch_up, name="catch-up"),
    path("catch-up/<int:pk>/", attendance.make_up, name="make-up"),
    path("effects/", outcomes.effects, name="effects"),
    path("effects/<int:pk>/", outcomes.effect, name="effect"),
    path("effects/<int:pk>/let-go/", outcomes.let_effect_go, name="let-effect-go"),
]
TURNS = [
    path("turns/", turns.rotas, name="turns"),
    path("turns/new/", turns.new_rota, name="new-rota"),
    path("turns/rotas/<int:pk>/", turns.rota, name="rota"),
    path("turns/rotas/<int:pk>/settle/", turns.settle_rota, name="settle-rota"),
    path("turns/<int:pk>/", turns.turn, name="turn"),
    path("turns/<int:pk>/material/", turns.turn_material, name="turn-material"),
    path("turns/<int:pk>/replace/", turns.replace_lecturer, name="replace-lecturer"),
    path("turns/<int:pk>/cancel/", turns.cancel_turn, name="cancel-turn"),
    path("turns/<int:pk>/hold/", lectures.hold_turn, name="hold-turn"),
    path("turns/<int:pk>/answer/", lectures.answer, name="answer"),
    path("turns/<int:pk>/answers/", lectures.answers, name="answers"),
    path("turns/<int:pk>/swap/", lectures.ask_swap, name="ask-swap"),
    path("turns/swaps/<int:pk>/", lectures.answer_swap, name="answer-swap"),
    path("turns/materials/<int:pk>/", turns.turn_file, name="turn-file"),
]
urlpatterns = [path("", home.home, name="home"), *PLANS, *SESSIONS, *TURNS]
