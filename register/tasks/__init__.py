"""The background worker: entry points, guard, schedules, supervisor, heartbeat."""
