"""`/try/`: whoever runs the sample system can be citizen, officer, administrator and auditor.

Only the development settings know this app and its addresses; production leaves devstack out.
"""
