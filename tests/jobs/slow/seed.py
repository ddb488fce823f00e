"""`python -m tests.jobs.slow.seed`: a database with the slow job in its queue."""

# ruff: noqa: E402
import django

django.setup()

from django.core.management import call_command

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Kind, Membership, Organisation, Role, User
from payung.apps.jobs.services import start
from payung.apps.regions.models import Level, Region

call_command("migrate", verbosity=0)
city = Region.objects.create(
    code="36.71", name="Kota Tangerang", level=Level.KABKOTA, edition="tests"
)
office = Organisation.objects.create(kind=Kind.LEAD, name="Disnaker", slug="dinas", region=city)
user = User.objects.create(email="rina@payung.test", name="Rina")
rina = Membership.objects.create(user=user, organisation=office, role=Role.OPERATOR)
start(actor=Actor.of(rina), kind="slow", label="Membaca daftar lambat.xlsx", params={})
