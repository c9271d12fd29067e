"""The reports of a complaint, a trouble or a leak."""
