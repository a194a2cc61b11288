"""For those who write patterns: `check` finds what is wrong in them, `suggest` names that are missing."""
