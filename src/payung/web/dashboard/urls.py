from django.urls import path

from payung.web.dashboard import views

urlpatterns = [path("", views.index, name="dashboard")]
