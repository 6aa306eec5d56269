"""Runnable events with their registrations, copied into a workspace by `eventops demo`."""
