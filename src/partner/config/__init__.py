"""Settings, addresses, the way in for servers."""

import gc

# Composing a report and loading a sheet make hundreds of thousands of small objects that stay: looking through them
# for rings after every seven hundred took a sixth of the time. Reached by every start: command, server, test.
gc.set_threshold(50_000, 20, 20)
