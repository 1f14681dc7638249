"""Files outside the database: where they lie, how they survive a power cut, who may write."""
