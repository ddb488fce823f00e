"""`payung law …`: what the regulations say, with article and certainty, without a database."""

import click

from payung.cli.law.asking import Questions
from payung.cli.law.at import at
from payung.cli.law.benefit import benefit
from payung.cli.law.claims import deadlines, documents
from payung.cli.law.contribution import contribution
from payung.cli.law.cover import cover
from payung.cli.law.heirs import heirs


@click.group(cls=Questions)
def law() -> None:
    """Tanya hukum jaminan sosial: jawaban dengan pasal dan kepastiannya, tanpa basis data.

    Status keluarnya 0 bila ada jawaban, 2 dengan satu kalimat bila pertanyaannya tak terjawab.
    """


for question in (contribution, cover, benefit, heirs, documents, deadlines, at):
    law.add_command(question)
