"""The technician's pages. Each URL carries its verb."""

from django.urls import path

from devices.installation import views

urlpatterns = [
    path("field/", views.field, name="field"),
    path("field/visits/<int:pk>/", views.visit, name="visit"),
    path("field/visits/<int:pk>/check_in/", views.check_in, name="check_in"),
    path("field/visits/<int:pk>/verify_serial/", views.verify_serial, name="verify_serial"),
    path("field/visits/<int:pk>/tick/", views.tick, name="tick"),
    path("field/visits/<int:pk>/add_photo/", views.add_photo, name="add_photo"),
    path("field/visits/<int:pk>/record_test/<int:terminal>/", views.record_test, name="record_test"),
    path("field/visits/<int:pk>/note_training/", views.note_training, name="note_training"),
    path("field/visits/<int:pk>/sign/", views.sign, name="sign_visit"),
    path("field/visits/<int:pk>/complete_installation/", views.complete_installation, name="complete_visit"),
    path("field/visits/<int:pk>/fail_visit/", views.fail_visit, name="fail_visit"),
    path("field/photos/<int:pk>/", views.photo, name="visit_photo"),
]
