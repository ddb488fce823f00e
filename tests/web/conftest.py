from tests.web.offices import disnaker, sukarasa  # noqa: F401
