from django.urls import path

from payung.web.outreach import views

app_name = "outreach"
urlpatterns = [
    path("", views.index, name="index"),
    path("edaran/baru/", views.new_circular, name="new_circular"),
    path("edaran/<int:pk>/", views.circular, name="circular"),
    path("edaran/<int:pk>/jawaban/<int:recipient_pk>/", views.reply, name="reply"),
    path("janji/baru/", views.new_pledge, name="new_pledge"),
    path("janji/<int:pk>/", views.fulfil, name="fulfil"),
    path("janji/<int:pk>/batal/", views.withdraw, name="withdraw"),
    path("sosialisasi/baru/", views.new_gathering, name="new_gathering"),
]
