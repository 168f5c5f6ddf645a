"""What people write in the forum: Markdown in, safe HTML out."""

from __future__ import annotations

from ui.markdown import plain, render

__all__ = ["plain", "render"]
