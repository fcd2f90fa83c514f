"""cases."""

from flask import Blueprint

blueprint = Blueprint("cases", __name__)
