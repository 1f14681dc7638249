"""The forms of the staff's screens, one file a sub-domain."""
