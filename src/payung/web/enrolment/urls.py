from django.urls import path

from payung.web.enrolment import views

app_name = "enrolment"
urlpatterns = [
    path("", views.index, name="index"),
    path("buat/", views.new, name="new"),
    path("ditolak/", views.rejected, name="rejected"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/siapkan/", views.prepare, name="prepare"),
    path("<int:pk>/berkas/", views.file, name="file"),
    path("<int:pk>/terkirim/", views.sent, name="sent"),
    path("<int:pk>/jawaban/", views.answer, name="answer"),
    path("<int:pk>/jawaban/<str:sha256>/", views.preview, name="preview"),
    path("<int:pk>/jawaban/<str:sha256>/catat/", views.record, name="record"),
]
