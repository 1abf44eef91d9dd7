from hypothesis import settings

# How long an example takes says nothing about whether it is right.
settings.register_profile("domain", deadline=None)
settings.load_profile("domain")
