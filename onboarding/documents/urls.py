"""Addresses of documents: what is shown of them. Each step has its own page to upload."""

from django.urls import URLPattern, URLResolver, path

from onboarding.documents import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("documents/<int:document>/", views.document, name="document"),
    path("documents/<int:document>/pages/<int:number>/", views.document_page, name="document_page"),
    path("documents/<int:document>/thumbnails/<int:number>/", views.document_thumbnail, name="document_thumbnail"),
]
