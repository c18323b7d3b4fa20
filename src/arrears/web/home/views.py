"""Leads each person to the first page of their menu."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from arrears.web.menu import entries_for
from arrears.web.permissions import EVERYBODY, page


@page(look=EVERYBODY)
def home(request: HttpRequest) -> HttpResponse:
    """Go to the first page of this person's menu."""
    return redirect(entries_for(request.user)[0].name)


urls = [path("", home, name="home")]
