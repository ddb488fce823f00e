"""An undefined variable in one of Payung's templates fails the test.

Django writes nothing for a misspelt `{{ worker.nmae }}`. Here it raises, except where the template
says that it may be absent: `{% if %}`, `{% firstof %}` and the like, and `|default:`.
Templates of other packages keep Django's way.
"""

from copy import copy
from pathlib import Path

import pytest
from django.template import base, defaultfilters

import payung

_OURS = str(Path(payung.__file__).parent)
_PLAIN_EXPRESSION = base.FilterExpression


class UndefinedVariableError(AssertionError):
    """A template named a variable that its view did not give."""


class _ExactingVariable(base.Variable):
    def resolve(self, context):
        try:
            return super().resolve(context)
        except base.VariableDoesNotExist as missing:
            template = context.render_context.template
            where = template.origin.name if template else "a template"
            raise UndefinedVariableError(
                f"{{{{ {self.var} }}}} is undefined in {where}"
            ) from missing


class _ExactingExpression(_PLAIN_EXPRESSION):
    def __init__(self, token, parser):
        super().__init__(token, parser)
        self.exacting = None
        ours = parser.origin is not None and str(parser.origin.name).startswith(_OURS)
        may_be_absent = bool(self.filters) and self.filters[0][0] is defaultfilters.default
        if ours and not may_be_absent and isinstance(self.var, base.Variable):
            self.exacting = copy(self)
            self.exacting.var = _ExactingVariable(self.var.var)

    def resolve(self, context, ignore_failures=False):
        if self.exacting is None or ignore_failures:
            return super().resolve(context, ignore_failures)
        return _PLAIN_EXPRESSION.resolve(self.exacting, context)


@pytest.fixture(scope="session", autouse=True)
def undefined_variables_raise():
    """Templates compiled from here on are exacting."""
    base.FilterExpression = _ExactingExpression
    yield
    base.FilterExpression = _PLAIN_EXPRESSION
