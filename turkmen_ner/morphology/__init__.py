"""Forms of the noun: sounds, suffixes, the dictionary, analysis and inflection."""
