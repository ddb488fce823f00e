from tests.web.offices import disnaker  # noqa: F401
