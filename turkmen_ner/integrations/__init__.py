"""The library in other frameworks, each an extra."""
