"""What the explorer answers when it cannot do what it was asked: one typed body for every refusal."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import Field

from demerit.errors import DemeritError, DiskError
from demerit.explorer.answer import Answer


class Refusal(Answer):
    """Why a request was refused."""

    error: str = Field(description="The rule, the value and the usual fix, in one or several lines.")


class Unknown(DemeritError):
    """Something is asked for by a name or number that nothing here has."""


REFUSALS: dict[int | str, dict[str, Any]] = {
    code: {"model": Refusal, "description": what}
    for code, what in (
        (400, "The request cannot be read or carried out."),
        (403, "Another host or another page asked."),
        (404, "Nothing here has that name or number."),
        (405, "That cannot be done with this address."),
        (413, "The request is too large."),
        (422, "A value is out of its range."),
        (429, "Too much is asked for at once."),
    )
}
"""The refusals that every endpoint may answer with, for the schema."""


def refused(code: int, text: str) -> JSONResponse:
    """Return a refusal as an answer."""
    return JSONResponse(Refusal(error=text).model_dump(), status_code=code)


def answer_refusals(app: FastAPI) -> None:
    """Turn the errors that bad input causes into refusals."""
    from fastapi.exceptions import RequestValidationError
    from starlette.exceptions import HTTPException

    async def unknown(request: Request, error: Exception) -> JSONResponse:
        return refused(404, str(error))

    async def bad(request: Request, error: Exception) -> JSONResponse:
        return refused(507 if isinstance(error, DiskError) else 400, str(error))

    async def out_of_range(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        lines = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        return refused(422, "\n".join(lines))

    async def plain(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        return JSONResponse(
            Refusal(error=str(error.detail)).model_dump(), error.status_code, headers=error.headers
        )

    app.add_exception_handler(Unknown, unknown)
    app.add_exception_handler(DemeritError, bad)
    app.add_exception_handler(RequestValidationError, out_of_range)
    app.add_exception_handler(HTTPException, plain)
