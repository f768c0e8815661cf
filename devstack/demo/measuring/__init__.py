"""How well the engines do on made-up cards and faces; the figures of docs/calibration.md."""
