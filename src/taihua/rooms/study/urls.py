"""The addresses of the room; each mechanism adds its own list."""

from django.urls import path

from taihua.rooms.study.views import home, law_bank, law_practice, law_quizzes, laws, plans

app_name = "study"
urlpatterns = [
    path("", home.home, name="home"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.new_plan, name="new-plan"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/revise/", plans.revise_plan, name="revise-plan"),
    path("plans/<int:pk>/decide/", plans.decide, name="decide-plan"),
    path("plans/<int:pk>/close/", plans.close_plan, name="close-plan"),
    path("law/", laws.home, name="law"),
    path("law/practice/", law_practice.practice, name="law-practice"),
    path("law/quizzes/", law_quizzes.quizzes, name="law-quizzes"),
    path("law/quizzes/new/", law_quizzes.set_quiz, name="set-law-quiz"),
    path("law/quizzes/<int:pk>/", law_quizzes.quiz, name="law-quiz"),
    path("law/quizzes/<int:pk>/open/", law_quizzes.open_paper, name="open-law-paper"),
    path("law/quizzes/<int:pk>/withdraw/", law_quizzes.withdraw, name="withdraw-law-quiz"),
    path("law/papers/<int:pk>/", law_quizzes.paper, name="law-paper"),
    path("law/laws/", laws.all_laws, name="laws"),
    path("law/laws/new/", laws.new_law, name="new-law"),
    path("law/laws/starter/", laws.bring_starter_bank, name="bring-starter-bank"),
    path("law/laws/<int:pk>/", laws.law, name="law-text"),
    path("law/laws/<int:pk>/versions/new/", laws.new_version, name="new-law-version"),
    path("law/laws/<int:pk>/confirm/", laws.confirm_unchanged, name="confirm-unchanged"),
    path("law/articles/<int:pk>/", laws.write_article, name="write-article"),
    path("law/questions/", law_bank.questions, name="law-questions"),
    path("law/questions/new/", law_bank.new_question, name="new-law-question"),
    path("law/questions/<int:pk>/", law_bank.question, name="law-question"),
    path("law/questions/<int:pk>/revise/", law_bank.revise_question, name="revise-law-question"),
    path("law/questions/<int:pk>/retire/", law_bank.retire_question, name="retire-law-question"),
    path("law/questions/<int:pk>/confirm/", law_bank.confirm_question, name="confirm-law-question"),
    path("law/gift/", law_bank.import_gift, name="import-gift"),
    path("law/gift/export/", law_bank.export_gift, name="export-gift"),
]
