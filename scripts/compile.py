"""Compile every kernel once, before several processes would each do it; nothing to do where they are kept."""

from __future__ import annotations


def compile_once() -> None:
    """Compile what is not compiled yet, and keep it."""
    from demerit.engine.kernel import COMPILED, compile_all
    from demerit.engine.kernel_cache import is_cached

    if COMPILED and not is_cached():
        import demerit.study.run  # noqa: F401 - it names every kernel

        compile_all()


if __name__ == "__main__":
    compile_once()
