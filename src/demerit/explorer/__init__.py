"""The explorer: a page on the loopback address that shows finished runs to those who would rather look."""
