"""The domain: what a charge, a window, a cookie and a setting are.

Pure values and rules; it knows no clock, no socket, no file and none of the other rooms.
"""
