from django.urls import path

from payung.web.coverage import views

app_name = "coverage"
urlpatterns = [path("", views.index, name="index")]
