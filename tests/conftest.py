import os

from hypothesis import settings

# How long an example takes says nothing about whether it is right. Where it must be repeatable, it is.
settings.register_profile("ccurve", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
settings.load_profile("ccurve")
