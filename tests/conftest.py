"""How thorough property tests are: `pytest --hypothesis-profile full` tries ten times as much, as the full run does."""

from hypothesis import settings

settings.register_profile("full", max_examples=1_000, deadline=None)
