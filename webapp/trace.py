"""trace."""

from flask import Blueprint

blueprint = Blueprint("trace", __name__)
