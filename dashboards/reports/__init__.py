"""Reports of a saved view by e-mail, each week or each month: a row and a job each."""
