"""A campaign of kills: citizens register while all that the portal stands on is killed, wiped, hung
and taken away at random; then a checker that asks nobody's services counts what broke.
"""
