from django.urls import path

from payung.web.plans import views

app_name = "plans"
urlpatterns = [
    path("", views.index, name="index"),
    path("baru/", views.new, name="new"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/pekerja/", views.allocations, name="allocations"),
    path("<int:pk>/tidak-tertampung/", views.left_out, name="left_out"),
    path("<int:pk>/setujui/", views.approve, name="approve"),
    path("<int:pk>/batalkan/", views.cancel, name="cancel"),
    path("<int:pk>/lepas/", views.release, name="release"),
    path("<int:pk>/lampiran/", views.export, name="export"),
]
