"""Finds things in a Doc: spaCy components and the readers that turn their layers into records."""
