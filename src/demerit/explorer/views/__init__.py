"""What the explorer shows: one module a view, with its models, its functions and its addresses."""

from __future__ import annotations

from fastapi import APIRouter

ROUTERS: tuple[APIRouter, ...] = ()
"""The addresses of every view."""
