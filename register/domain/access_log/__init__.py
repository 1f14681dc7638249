"""The log of use: recording, and reading through the gate (C38)."""
