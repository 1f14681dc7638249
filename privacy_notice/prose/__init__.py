"""The notice's running text: facts inside it, and how well it reads."""
