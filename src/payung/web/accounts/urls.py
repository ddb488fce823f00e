from django.urls import path

from payung.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.index, name="index"),
    path("organisasi/baru/", views.new, name="new"),
    path("organisasi/<int:pk>/", views.detail, name="detail"),
    path("organisasi/<int:pk>/anggota/", views.add_member, name="add_member"),
    path("anggota/<int:pk>/tautan/", views.link, name="link"),
    path("anggota/<int:pk>/aktif/", views.set_active, name="set_active"),
]
