"""The poller: asks the relay, judges what it answers, and decides when to ask again.

It knows neither the store nor the web: what it needs of them stands in `poller.needs`.
"""

import warnings

# `requests` guesses encodings where it makes text of an answer, which nothing here has it do: a frozen program holds
# no library for that, and this warning of it says nothing to people.
warnings.filterwarnings("ignore", "Unable to find acceptable character detection dependency", module="requests")
