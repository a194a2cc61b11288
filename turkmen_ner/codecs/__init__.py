"""Formats: each module turns a text and its entities into one format, and back where that can be done."""
