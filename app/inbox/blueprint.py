"""The blueprint that the views of this feature hang on."""

from flask import Blueprint

bp = Blueprint("inbox", __name__, template_folder="templates")
