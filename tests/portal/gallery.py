"""Addresses of a page that shows the form templates, for the browser tests only."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from portal import urls, views

PAGE = """{% extends "base.html" %}{% load crispy_forms_tags %}{% block title %}Gallery{% endblock %}
{% block main %}<h1>Gallery</h1>
<a class="btn danger" href="#" data-open="ask">Withdraw</a>
{% include "includes/confirm.html" with id="ask" title="Withdraw?" url="/gallery/" button="Yes" %}
<form method="post" enctype="multipart/form-data" novalidate class="stack-l" id="shop">{% csrf_token %}{{ form|crispy }}
{% include "includes/signature.html" with field=form.signature words="Write your name." %}
<button class="btn" data-busy="Sending…">Send</button></form>
{% if name %}<output>{{ name }}</output>{% endif %}{% endblock %}"""


class Shop(forms.Form):
    name = forms.CharField(label="Shop", help_text="As on the sign")
    kind = forms.ChoiceField(choices=[("a", "Company"), ("b", "Sole trader")], widget=forms.RadioSelect)
    paper = forms.FileField(label="Licence", widget=forms.FileInput, required=False)


class Signature(forms.Form):
    signature = forms.CharField(widget=forms.HiddenInput, required=False)


def gallery(request: HttpRequest) -> HttpResponse:
    form = Shop(request.POST or None, request.FILES or None)
    name = form.cleaned_data["name"] if form.is_bound and form.is_valid() else ""
    if name:
        signed = len(request.POST.get("signature", ""))
        messages.success(request, f"Saved {name}, signature {signed}")
    signature = Signature(request.POST or None)["signature"]
    form.signature = signature
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form, "name": name}, request))


urlpatterns = [path("gallery/", gallery), *urls.urlpatterns]
handler404 = views.not_found
