"""The screen after login."""
