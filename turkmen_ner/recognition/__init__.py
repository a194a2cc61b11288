"""From words to names: listed names, candidates, features, weighted evidence, the document."""
