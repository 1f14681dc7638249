"""Registration of the register with Wagtail, and nothing else."""
