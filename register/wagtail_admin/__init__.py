"""The staff's interface, one folder a wing, all on one base ModelAdmin."""
