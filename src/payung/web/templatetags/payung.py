"""Payung's components, built into every template. docs/screens.md lists them with their calls."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.template import Context, Library
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from payung.apps.accounts import policy
from payung.apps.jobs.models import Job, State
from payung.apps.jobs.progress import Progress
from payung.web.shell import demo_accounts as demo
from payung.web.shell import formats
from payung.web.shell import history as histories
from payung.web.shell.icons import svg
from payung.web.shell.tones import status_of

register = Library()

for _filter in (
    formats.number,
    formats.percent,
    formats.rupiah,
    formats.rupiah_short,
    formats.tanggal,
    formats.tanggal_short,
    formats.bulan,
    formats.masa,
    formats.waktu,
    formats.nik,
    formats.nik_full,
    formats.phone,
    histories.act_name,
    histories.noun_name,
):
    register.filter(_filter)


def _draw(name: str, **values: Any) -> SafeString:
    return mark_safe(render_to_string(f"shell/{name}.html", values).strip())  # noqa: S308


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """A lucide icon, for the eye only."""
    return svg(name, size)


@register.simple_tag(takes_context=True)
def repeat_block(context: Context, name: str) -> SafeString:
    """A block of this page once more: the title as its heading."""
    return context.render_context[BLOCK_CONTEXT_KEY].get_block(name).nodelist.render(context)


@register.simple_tag(takes_context=True)
def may(context: Context, act: str) -> bool:
    """Whether the policy lets the actor do this."""
    actor = context["actor"]
    return actor is not None and policy.allows(actor, act)


@register.simple_tag
def crumb(label: str, to: Any, *args: Any) -> SafeString:
    """A step above this page."""
    return format_html('<li><a href="{}">{}</a></li>', resolve_url(to, *args), label)


@register.simple_tag
def button(label: str, to: Any, *args: Any, icon: str = "", look: str = "plain") -> SafeString:
    """A link that looks like a button."""
    return _draw("button", label=label, url=resolve_url(to, *args), icon=icon, look=look)


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    label: str,
    to: Any,
    *args: Any,
    look: str = "plain",
    icon: str = "",
    confirm: str = "",
    **fields: Any,
) -> SafeString:
    """A form of one button; other keywords become hidden fields."""
    return _draw(
        "post_button",
        label=label,
        url=resolve_url(to, *args),
        look=look,
        icon=icon,
        confirm=confirm,
        fields=fields,
        csrf_token=context["csrf_token"],
    )


@register.simple_tag(takes_context=True)
def post_form(
    context: Context,
    form: Any,
    submit: str = "Simpan",
    to: Any = "",
    *args: Any,
    cancel: Any = "",
    upload: bool = False,
) -> SafeString:
    """The whole form with its buttons; without `to` it is sent to the page's own address."""
    return _draw(
        "post_form",
        form=form,
        submit=submit,
        url=resolve_url(to, *args) if to else "",
        cancel=resolve_url(cancel) if cancel else "",
        upload=upload or form.is_multipart(),
        csrf_token=context["csrf_token"],
    )


@register.simple_tag(takes_context=True)
def filters(context: Context, form: Any, private: bool = False) -> SafeString:
    """The filter bar: a GET form whose answer replaces the `results` block.

    `private`: it is posted, so that names and NIK stay out of addresses (`web.shell.private`).
    """
    path, token = context["request"].path, context["csrf_token"] if private else ""
    return _draw("filters", form=form, path=path, private=private, csrf_token=token)


@register.simple_block_tag
def results(content: str) -> SafeString:
    """What the filter bar changes."""
    return format_html('<div id="results" class="stack">{}</div>', content)


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Any) -> SafeString:
    """Earlier and later pages, with the filters kept."""
    return _draw("pager", page=page, link=_page_link(context["request"]))


def _page_link(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("halaman", None)
    return f"{request.path}?{query.urlencode()}{'&' if query else ''}halaman="


@register.simple_tag
def stat(
    label: str, value: Any, *args: Any, note: str = "", to: Any = "", tone: str = ""
) -> SafeString:
    """A number that matters, inside `<div class="stats">`."""
    shown = formats.number(value) if isinstance(value, int) or value is None else value
    url = resolve_url(to, *args) if to else ""
    signs = len(str(shown))
    length = "longer" if signs > 13 else "long" if signs > 8 else ""
    return _draw("stat", label=label, value=shown, length=length, note=note, url=url, tone=tone)


@register.simple_block_tag
def panel(content: str, title: str = "", note: Any = "", flush: bool = False) -> SafeString:
    """A sheet of paper with a heading; `flush` lets a table reach its edges."""
    return _draw("panel", content=content, title=title, note=note, flush=flush)


@register.simple_block_tag
def table(content: str, caption: str, cards: bool = False) -> SafeString:
    """A data table in a box that scrolls by itself; as cards on a phone if each td has a label."""
    return _draw("table", content=content, caption=caption, cards=cards)


@register.simple_tag
def badge(word: Any, tone: str = "plain") -> SafeString:
    """A word with a colour: good, warn, bad, info or plain."""
    return format_html('<span class="badge {}">{}</span>', tone, word)


@register.simple_tag
def status(thing: Model, field: str = "state") -> SafeString:
    """The badge of a model's choice field."""
    return badge(*status_of(thing, field))


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A definition list of `fact`s."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_tag
def fact(label: str, value: Any, note: str = "") -> SafeString:
    """One line of `facts`."""
    shown = formats.DASH if value is None or value == "" else value
    return format_html(
        "<div><dt>{}</dt><dd>{}{}</dd></div>",
        label,
        shown,
        format_html("<small>{}</small>", note) if note else "",
    )


@register.simple_tag
def stepper(labels: str, current: int) -> SafeString:
    """Where one is in a piece of work: "Berkas,Kolom,Terima" and the current number from 1."""
    steps = [
        {"label": label.strip(), "number": place, "is_done": place < current}
        for place, label in enumerate(labels.split(","), 1)
    ]
    return _draw("stepper", steps=steps, current=current)


@register.simple_tag
def progress(job: Job) -> SafeString:
    """How far a job is; asks again each second until it has ended."""
    told = Progress(job.pk).read()
    return _draw(
        "progress",
        job=job,
        told=told,
        url=reverse("job", args=[job.pk]),
        is_over=job.state in {State.DONE, State.FAILED},
        is_failed=job.state == State.FAILED,
    )


@register.simple_tag
def empty(
    title: str, text: str, *args: Any, to: Any = "", label: str = "", icon: str = "inbox"
) -> SafeString:
    """Nothing here yet, and what to do about it."""
    url = resolve_url(to, *args) if to else ""
    return _draw("empty", title=title, text=text, url=url, label=label, icon=icon)


@register.simple_block_tag
def note(content: str, tone: str = "info") -> SafeString:
    """Something to know before going on."""
    return _draw("note", content=content, tone=tone)


@register.simple_tag
def next_step(text: str, to: Any = "", *args: Any, label: str = "Buka") -> SafeString:
    """What waits for the reader on this page, and the way to it."""
    url = resolve_url(to, *args) if to else ""
    return _draw("next_step", text=text, url=url, label=label)


@register.simple_tag
def timeline(items: Any) -> SafeString:
    """What happened, newest first."""
    return _draw("timeline", items=[histories.as_item(item) for item in items])


@register.simple_tag
def history(events: Any) -> SafeString:
    """A timeline of audit events."""
    return timeline([histories.of_event(event) for event in events])


@register.simple_tag
def why(steps: Any, label: str = "Mengapa sebesar ini?") -> SafeString:
    """The rules behind an amount, folded away until asked for, in both languages.

    What is kept from before steps had sentences stays Indonesian.
    """
    steps = list(steps)
    english = [(s, "en" if s.has_english else "id", s.say("en")) for s in steps]
    return _draw(
        "why",
        steps=steps,
        label=label,
        english=english if any(lang == "en" for _, lang, _ in english) else [],
        unverified=[s for s in steps if not s.verified],
    )


@register.simple_tag
def demo_accounts() -> list[dict[str, str]]:
    """Who may log in to the demo; empty elsewhere."""
    return demo.demo_accounts()
