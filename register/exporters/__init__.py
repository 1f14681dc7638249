"""Pure formats: what a file looks like. They are handed their data."""
