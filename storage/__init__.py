"""The store: history, settings and the cookie, in LMDB.

It knows neither the relay nor the web; bytes are seen in `storage.codec` alone.
"""
