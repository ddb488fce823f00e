from django.urls import path

from payung.web.workers import duplicates, views

app_name = "workers"
urlpatterns = [
    path("", views.index, name="index"),
    path("unduh/", views.export, name="export"),
    path("ganda/", duplicates.index, name="duplicates"),
    path("ganda/putuskan/", duplicates.decide_many, name="decide_many"),
    path("ganda/pekerja/putuskan/", duplicates.decide_pairs, name="decide_pairs"),
    path("ganda/pekerja/<int:pk>/", duplicates.decide_pair, name="decide_pair"),
    path("ganda/pekerja/<int:pk>/tarik/", duplicates.take_back, name="take_back"),
    path("ganda/<int:pk>/", duplicates.decide, name="decide"),
    path("ganda/<int:pk>/tarik/", duplicates.take_back_row, name="take_back_row"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/perbaiki/", views.correct, name="correct"),
    path("<int:pk>/meninggal/", views.death, name="death"),
    path("<int:pk>/meninggal/tarik/", views.withdraw_death, name="withdraw_death"),
]
