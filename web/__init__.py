"""The web room: routes, handlers, the stream and its hub, the guard, the table of errors, the page's files.

It knows neither the poller nor the store: what it needs of them stands in `web.needs`.
"""
