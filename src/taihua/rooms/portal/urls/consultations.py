"""Drafts put out for comment."""

from django.urls import path

from taihua.rooms.portal.views.consultations import answering, finals, handling, public, texts

urlpatterns = [
    path("consultations/", public.consultations, name="consultations"),
    path("consultations/new/", handling.new, name="new-consultation"),
    path("consultations/receipt/", public.receipts, name="receipts"),
    path("consultations/receipt/<str:receipt>/", public.receipt, name="receipt"),
    path("consultations/<int:pk>/", public.consultation, name="consultation"),
    path("consultations/<int:pk>/opinion/", public.opinion, name="give-opinion"),
    path("consultations/<int:pk>/outcome/", public.outcome, name="outcome"),
    path("consultations/<int:pk>/draft.xml", texts.draft, name="draft-text"),
    path("consultations/<int:pk>/final.xml", texts.final, name="final-text"),
    path("consultations/<int:pk>/change/", handling.change, name="change-consultation"),
    path("consultations/<int:pk>/send-out/", handling.send_out, name="send-out"),
    path("consultations/<int:pk>/withdraw/", handling.withdraw, name="withdraw-consultation"),
    path("consultations/<int:pk>/opinions/", answering.opinions, name="opinions"),
    path("consultations/<int:pk>/opinions/enter/", answering.enter, name="enter-opinion"),
    path("consultations/<int:pk>/join/", answering.join, name="join-opinions"),
    path("consultations/<int:pk>/final/", finals.final, name="final"),
    path("consultations/<int:pk>/sources/", finals.sources, name="sources"),
    path("consultations/<int:pk>/matrix/", finals.matrix, name="matrix"),
    path("consultations/<int:pk>/look-back/", finals.look_back, name="look-back"),
    path("consultations/opinions/<int:pk>/answer/", answering.answer, name="answer-opinion"),
    path("consultations/opinions/<int:pk>/set-aside/", answering.set_aside, name="set-aside"),
    path("consultations/opinions/<int:pk>/restore/", answering.restore, name="take-back-in"),
    path("consultations/opinions/<int:pk>/split/", answering.split, name="split-opinion"),
]
