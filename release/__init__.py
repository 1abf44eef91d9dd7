"""The release: what people download, made from a checkout by `python -m release`."""
