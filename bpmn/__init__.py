"""The office: diagrams, and everything that obeys them."""
