"""Room: what a person touches in a browser: the document viewer and the chat page, in one process."""

import os

# Gradio reads this while it is imported, so it is set before any module of this room imports it.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
