"""Facts of the world that the register relies on: municipalities, countries."""
