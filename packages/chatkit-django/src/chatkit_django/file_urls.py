"""``path("chatkit/files/", include("chatkit_django.file_urls"))``"""

from django.urls import path

from chatkit_django.file_views import AnnouncedUploadView, DirectUploadView, FileView

app_name = "chatkit_files"

urlpatterns = [
    path("", DirectUploadView.as_view(), name="direct"),
    path("<str:attachment_id>/", FileView.as_view(role="original"), name="file"),
    path("<str:attachment_id>/preview/", FileView.as_view(role="preview"), name="preview"),
    path("<str:attachment_id>/upload/", AnnouncedUploadView.as_view(), name="upload"),
]
