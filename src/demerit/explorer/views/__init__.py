"""What the explorer shows: one module a view, with its models, its functions and its addresses."""

from __future__ import annotations

from fastapi import APIRouter

from demerit.explorer.views import (
    claims,
    life,
    machine,
    pays_compared,
    reach,
    rulebook,
    screen,
    story,
    studies,
    two_worlds,
    who_pays,
)

ROUTERS: tuple[APIRouter, ...] = (
    two_worlds.router,
    life.router,
    rulebook.router,
    claims.router,
    who_pays.router,
    pays_compared.router,
    reach.router,
    machine.router,
    screen.router,
    studies.router,
    story.router,
)
"""The addresses of every view."""
