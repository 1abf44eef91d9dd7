"""The launch: options, the one running instance, the socket to listen on, the browser to open.

It knows the domain alone; `app` puts it and the rooms together.
"""
