"""What drafters, reviewers and issuers do."""

from django.urls import path

from taihua.rooms.portal.views.editing import (
    articles,
    bringing_in,
    columns,
    desk,
    publishing,
    review,
    upkeep,
)

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/new/", articles.new, name="new-article"),
    path("desk/<int:pk>/", articles.draft, name="draft"),
    path("desk/<int:pk>/edit/", articles.edit, name="edit-article"),
    path("desk/<int:pk>/pictures/", articles.add_picture, name="add-picture"),
    path("desk/<int:pk>/files/", articles.add_file, name="add-file"),
    path("desk/<int:pk>/hand-in/", review.hand_in, name="hand-in"),
    path("desk/<int:pk>/pass/", review.pass_on, name="pass"),
    path("desk/<int:pk>/give-back/", review.give_back, name="give-back"),
    path("desk/<int:pk>/issue/", review.issue, name="issue"),
    path("desk/<int:pk>/withdraw/", review.withdraw, name="withdraw"),
    path("desk/<int:pk>/restore/", review.restore, name="restore"),
    path("desk/<int:pk>/place/", review.change_place, name="change-place"),
    path("desk/pictures/<int:pk>/remove/", articles.remove_picture, name="remove-picture"),
    path("desk/files/<int:pk>/remove/", articles.remove_file, name="remove-file"),
    path("desk/documents/<int:pk>/publish/", publishing.publish, name="publish"),
    path("desk/documents/<int:pk>/pdf/", publishing.set_pdf, name="set-pdf"),
    path("desk/bring/", bringing_in.bring, name="bring-in"),
    path("desk/upkeep/", upkeep.upkeep, name="upkeep"),
    path("desk/upkeep/faults/<int:pk>/", upkeep.answer_fault, name="answer-fault"),
    path("desk/<int:pk>/still-right/", upkeep.still_right, name="still-right"),
    path("columns/", columns.columns, name="columns"),
    path("columns/new/", columns.new_column, name="new-column"),
    path("columns/<int:pk>/", columns.change_column, name="change-column"),
    path("pictures/<int:pk>/", articles.picture, name="picture"),
    path("files/<int:pk>/", articles.file, name="file"),
]
