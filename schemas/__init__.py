"""What the data means: kinds, sources, code lists, policy. Imports no pipeline."""
