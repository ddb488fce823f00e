"""`python -m tests.jobs.slow.seed`: the slow job in the queue of a database that has its tables."""

# ruff: noqa: E402
import django

django.setup()

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Kind, Membership, Organisation, Role, User
from payung.apps.jobs.services import start
from payung.apps.regions.models import Level, Region

city = Region.objects.create(
    code="36.71", name="Kota Tangerang", level=Level.KABKOTA, edition="tests"
)
office = Organisation.objects.create(kind=Kind.LEAD, name="Disnaker", slug="dinas", region=city)
user = User.objects.create(email="rina@payung.test", name="Rina")
rina = Membership.objects.create(user=user, organisation=office, role=Role.OPERATOR)
start(actor=Actor.of(rina), kind="slow", label="Membaca daftar lambat.xlsx", params={})
