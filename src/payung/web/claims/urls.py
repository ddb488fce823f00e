from django.urls import path

from payung.web.claims import views

app_name = "claims"
urlpatterns = [
    path("", views.index, name="index"),
    path("baru/<int:worker_pk>/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/ahli-waris/", views.heir, name="heir"),
    path("<int:pk>/dokumen/<int:document_pk>/", views.document, name="document"),
    path("<int:pk>/tenggat/<int:deadline_pk>/", views.deadline, name="deadline"),
    path("<int:pk>/hasil/", views.outcome, name="outcome"),
    path("<int:pk>/lembar/", views.sheet, name="sheet"),
    path("<int:pk>/ajukan/", views.file, name="file"),
    path("<int:pk>/dibayar/", views.paid, name="paid"),
    path("<int:pk>/akhiri/", views.end, name="end"),
]
