from django.urls import path

from payung.web.agreements import views

app_name = "agreements"
urlpatterns = [
    path("", views.index, name="index"),
    path("baru/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
]
