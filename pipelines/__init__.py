"""What we do with the data: read, link, find, remember, report."""
