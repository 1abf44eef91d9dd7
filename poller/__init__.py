"""The poller: asks the relay, judges what it answers, and decides when to ask again.

It knows neither the store nor the web: what it needs of them stands in `poller.needs`.
"""
