from django.urls import path

from payung.web.audit import views

app_name = "audit"
urlpatterns = [path("", views.index, name="index"), path("<int:pk>/", views.detail, name="detail")]
