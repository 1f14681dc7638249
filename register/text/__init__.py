"""What a person types: identifiers, and checks of single values."""
