from django.urls import path

from payung.web.screening import views

app_name = "screening"
urlpatterns = [
    path("", views.index, name="index"),
    path("acuan/", views.load, name="load"),
    path("jalankan/", views.run, name="run"),
    path("terakhir/", views.latest, name="latest"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/kematian/", views.confirm_deaths, name="confirm_deaths"),
    path("<int:pk>/pastikan/<int:check_pk>/", views.decide, name="decide"),
    path("<int:pk>/pastikan/<int:check_pk>/tarik/", views.take_back, name="take_back"),
]
