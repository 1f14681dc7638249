"""Who may do what to which object: questions are answered here, and nothing is written."""
