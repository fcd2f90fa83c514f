"""matters."""

from flask import Blueprint

blueprint = Blueprint("matters", __name__)
