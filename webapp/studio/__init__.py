"""The process studio: editing, comparing, trying out and deploying diagrams; for administrators."""

BLUEPRINTS: tuple[str, ...] = (
    "api",
    "comparison",
    "conformance",
    "drafts",
    "heat",
    "proposals",
    "migrations",
    "replays",
)
"""The modules of this package that offer pages."""
