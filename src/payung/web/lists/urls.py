from django.urls import path

from payung.web.lists import row_views, views

app_name = "lists"
urlpatterns = [
    path("", views.index, name="index"),
    path("unggah/", views.upload, name="upload"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/kemajuan/", views.progress, name="progress"),
    path("<int:pk>/kolom/<int:sheet_pk>/", views.columns, name="columns"),
    path("<int:pk>/terima/", views.accept, name="accept"),
    path("<int:pk>/bandingkan/", views.check, name="check"),
    path("<int:pk>/bandingkan/kemajuan/", views.check_progress, name="check_progress"),
    path("<int:pk>/tarik/", views.withdraw, name="withdraw"),
    path("<int:pk>/unduh/", views.download, name="download"),
    path("<int:pk>/baris/<int:row_pk>/", row_views.detail, name="row"),
    path("<int:pk>/baris/<int:row_pk>/perbaiki/", row_views.correct, name="correct"),
    path("<int:pk>/baris/<int:row_pk>/kembalikan/", row_views.revert, name="revert"),
]
