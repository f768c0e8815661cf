"""Exercises among the officers' cases (decision 35)."""

from datetime import timedelta

EXERCISE_OPEN_FOR = timedelta(days=180)
EXERCISE_ANSWERS_KEPT = timedelta(days=365)
EXERCISE_COMES_WITHIN = timedelta(minutes=20)  # after the draw, at a moment nobody foresees
EXERCISES_TOLD_AFTER = timedelta(days=7)
EXERCISES_TOLD_FROM = 10  # answers of one officer: fewer would tell which one was wrong
