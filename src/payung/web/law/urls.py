from django.urls import path

from payung.web.law import views

app_name = "law"
urlpatterns = [
    path("", views.index, name="index"),
    path("iuran/", views.contribution, name="contribution"),
    path("perlindungan/", views.cover, name="cover"),
    path("santunan/", views.benefit, name="benefit"),
    path("ahli-waris/", views.heirs, name="heirs"),
    path("berkas/", views.claim, name="claim"),
    path("aturan/", views.rules, name="rules"),
]
