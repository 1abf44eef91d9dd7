"""The handlers: one file for each resource, its addresses and what a request for one does.

Who may ask is settled before, by the guard; what an error answers is settled after, by the table of errors.
"""
