"""The verbs: all that changes a row or hands out data, one folder a wing."""
