"""The blueprint that this feature's pages hang on."""

from flask import Blueprint

bp = Blueprint("monitor", __name__, template_folder="templates")
