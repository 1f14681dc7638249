"""Every schedule of the register, in one list."""
