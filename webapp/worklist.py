"""worklist."""

from flask import Blueprint

blueprint = Blueprint("worklist", __name__)
