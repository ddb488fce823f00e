from tests.funding.conftest import fund, pks, planned, screened, workers  # noqa: F401
from tests.screening.conftest import reference, screen, worker  # noqa: F401
from tests.web.offices import disnaker, freeze, sukarasa  # noqa: F401
