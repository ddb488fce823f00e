from django.urls import path

from payung.web.funding import views

app_name = "funding"
urlpatterns = [
    path("", views.index, name="index"),
    path("baru/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/beri/", views.grant, name="grant"),
]
