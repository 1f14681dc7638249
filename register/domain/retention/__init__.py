"""What is due, what postpones it, and the run that carries it out (C44, O4–O6)."""
