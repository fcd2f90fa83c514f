"""What `cartouche …` loads sooner or later; the processes of the tests are forked with it."""

import importlib

from webapp import app, cli, studio

__all__ = ["cli"]

for name in (
    *(f"webapp.{module}" for module in app.BLUEPRINTS),
    *(f"webapp.studio.{module}" for module in studio.BLUEPRINTS),
    "certificates.press",
    "certificates.signatures.device",
    "certificates.signatures.signing",
    "webapp.demo.clock",
    "webapp.server",
    "webapp.startup",
):
    importlib.import_module(name)
