"""The staff's interface, one file a sub-domain, all on one base ModelAdmin."""
