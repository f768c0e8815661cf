"""Many cases moved at once by a supervisor: wished for, shown, carried out, taken back."""
