"""Forgetting: what was told is dropped from memory soon after its page is closed.

Gradio keeps what its components last held for as long as the server runs, in memory, for 10,000 sessions.
"""

import threading
from datetime import datetime

import gradio as gr

KEPT_S = 600.0
"""A page that lost its connection for a moment goes on where it was."""


class Forgetting:
    """Drops the sessions of closed pages."""

    def __init__(self, blocks: gr.Blocks, *, after_s: float = KEPT_S) -> None:
        """Remember whose sessions, and after how many seconds."""
        self._blocks = blocks
        self._after_s = after_s

    def close(self, request: gr.Request) -> None:
        """Drop the session of a page that was closed just now, unless it is used again before its time is up."""
        timer = threading.Timer(self._after_s, self._drop, [request.session_hash, datetime.now()])
        timer.daemon = True
        timer.start()

    def _drop(self, session: str, closed: datetime) -> None:
        holder = self._blocks.state_holder
        used = holder.time_last_used.get(session)
        if used is None or used > closed:
            return
        with holder.lock:
            holder.session_data.pop(session, None)
            holder.time_last_used.pop(session, None)
