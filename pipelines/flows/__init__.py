"""Prefect around the night: the flow, its embedded server, the nightly schedule."""
