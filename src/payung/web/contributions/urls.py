from django.urls import path

from payung.web.contributions import views

app_name = "contributions"
urlpatterns = [
    path("", views.index, name="index"),
    path("tagihkan/", views.issue, name="issue"),
    path("tunggakan/", views.lapsing, name="lapsing"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/bayar/", views.pay, name="pay"),
    path("<int:pk>/keluarkan/", views.strike, name="strike"),
    path("<int:pk>/batalkan/", views.cancel, name="cancel"),
]
