"""Charts drawn on the server as SVG: colours from classes, a `<title>` on every shape.

A chart never stands alone: put its numbers in a table nearby.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from payung.web.shell.formats import number


@dataclass(frozen=True)
class Item:
    """One bar: its label, its number, where it leads, and how the number is written."""

    label: str
    value: int
    url: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Tile:
    """One kelurahan on the tile map; `note` follows the number in its tooltip."""

    code: str
    name: str
    group: str
    value: int
    url: str = ""
    note: str = ""


def _linked(url: str, inner: SafeString | str) -> SafeString | str:
    return format_html('<a href="{}">{}</a>', url, inner) if url else inner


def bars(items: Iterable[Item]) -> SafeString:
    """Labelled horizontal bars with their numbers, as a list."""
    items = list(items)
    most = max((item.value for item in items), default=0) or 1
    lines = (
        (
            _linked(item.url, item.label),
            round(item.value * 100 / most, 2),
            item.shown or number(item.value),
        )
        for item in items
    )
    line = (
        "<li><span>{}</span>"
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="bar-track" width="100" height="10"/>'
        '<rect class="bar-fill" width="{}" height="10"/></svg><strong>{}</strong></li>'
    )
    return format_html('<ul class="bars">{}</ul>', format_html_join("", line, lines))


def shares(
    parts: Iterable[tuple[str, int, str]], write: Callable[[int], str] = number
) -> SafeString:
    """One bar cut into (word, number, tone) with a legend; `write` words the numbers."""
    parts = list(parts)
    whole = sum(value for _, value, _ in parts) or 1
    pieces, start = [], 0.0
    for word, value, tone in parts:
        width = value * 1000 / whole
        if value:
            gap = 2 if width > 4 else 0
            pieces.append((tone, round(start, 2), round(width - gap, 2), word, write(value)))
        start += width
    shapes = format_html_join(
        "",
        '<rect class="{}" x="{}" width="{}" height="12"><title>{}: {}</title></rect>',
        pieces,
    )
    legend = format_html_join(
        "",
        '<li><svg viewBox="0 0 14 14" aria-hidden="true"><rect class="{}" width="14" height="14"/>'
        "</svg>{} {}</li>",
        ((tone, write(value), word) for word, value, tone in parts),
    )
    return format_html(
        '<div class="shares"><svg viewBox="0 0 1000 12" preserveAspectRatio="none" '
        'aria-hidden="true">{}</svg><ul class="legend">{}</ul></div>',
        shapes,
        legend,
    )


_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 440, 190, 44, 18, 24


def line(points: Sequence[tuple[str, int]], label: str = "Perkembangan") -> SafeString:
    """A line over (label, value) points, from zero, with its area and its last value."""
    points = list(points)
    top = _round_up(max((value for _, value in points), default=0))
    step = (_WIDTH - _LEFT - 24) / max(len(points) - 1, 1)
    floor = _HEIGHT - _BOTTOM

    def x(place: int) -> float:
        return round(_LEFT + place * step, 1)

    def y(value: float) -> float:
        return round(floor - value * (floor - _TOP) / top, 1)

    grid = format_html_join(
        "",
        '<line class="chart-grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text x="{}" y="{}" text-anchor="end">{}</text>',
        (
            (_LEFT, _WIDTH - 24, y(mark), y(mark), _LEFT - 8, y(mark) + 4, number(mark))
            for mark in (0, top // 2, top)
        ),
    )
    every = ceil(len(points) / 12)
    names = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (x(place), _HEIGHT - 6, name)
            for place, (name, _) in enumerate(points)
            if (len(points) - 1 - place) % every == 0
        ),
    )
    dots = format_html_join(
        "",
        '<circle class="chart-dot" cx="{}" cy="{}" r="{}"><title>{}: {}</title></circle>',
        (
            (x(place), y(value), 4 if place == len(points) - 1 else 2.5, name, number(value))
            for place, (name, value) in enumerate(points)
        ),
    )
    path = " ".join(f"{x(place)},{y(value)}" for place, (_, value) in enumerate(points))
    area = f"{_LEFT},{floor} {path} {x(len(points) - 1)},{floor}" if points else ""
    last = points[-1] if points else ("", 0)
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<polygon class="chart-area" points="{}"/><polyline class="chart-line" points="{}"/>{}{}'
        '<text class="chart-end" x="{}" y="{}" text-anchor="end">{}</text></svg>',
        _WIDTH,
        _HEIGHT,
        f"{label}; terakhir {last[0]}: {number(last[1])}" if points else f"{label}: belum ada data",
        grid,
        area,
        path,
        names,
        dots,
        _WIDTH - 20,
        max(y(last[1]) - 9, 11),
        number(last[1]) if points else "",
    )


def _round_up(value: int) -> int:
    """The next 2, 4, 10, 20, 40, 100 …: an axis whose half is whole."""
    size = 2
    while size < value:
        for step in (1, 1.5, 2, 3, 4, 5):
            if size * step >= value and size * step % 2 == 0:
                return int(size * step)
        size *= 5 if str(size)[0] == "2" else 2
    return size


_SIDE, _GAP, _ACROSS = 20, 3, 5


def tiles(items: Iterable[Tile], label: str = "Peta ubin per kelurahan") -> SafeString:
    """A tile map: one equal square per kelurahan, grouped by kecamatan, shaded by quantile."""
    items = list(items)
    cuts = _cuts([item.value for item in items if item.value > 0])
    ordered = sorted(items, key=lambda item: (item.group, item.code))
    groups = format_html_join(
        "",
        "<div><h3>{}</h3>{}</div>",
        (
            (group, _group(group, list(members), cuts))
            for group, members in groupby(ordered, key=lambda item: item.group)
        ),
    )
    return format_html(
        '<div class="tiles" role="group" aria-label="{}">{}</div>{}', label, groups, _legend(cuts)
    )


def _group(group: str, members: list[Tile], cuts: list[int]) -> SafeString:
    pitch = _SIDE + _GAP
    rows = ceil(len(members) / _ACROSS)
    squares = format_html_join(
        "",
        "{}",
        (
            (
                _linked(
                    tile.url,
                    format_html(
                        '<rect class="q{}" x="{}" y="{}" width="{}" height="{}" rx="3">'
                        "<title>{}: {}{}</title></rect>",
                        _quantile(tile.value, cuts),
                        place % _ACROSS * pitch + 1,
                        place // _ACROSS * pitch + 1,
                        _SIDE,
                        _SIDE,
                        tile.name,
                        number(tile.value),
                        f" {tile.note}" if tile.note else "",
                    ),
                ),
            )
            for place, tile in enumerate(members)
        ),
    )
    is_linked = any(tile.url for tile in members)
    return format_html(
        '<svg viewBox="0 0 {} {}" role="{}" aria-label="Kecamatan {}">{}</svg>',
        _ACROSS * pitch - _GAP + 2,
        rows * pitch - _GAP + 2,
        "group" if is_linked else "img",
        group,
        squares,
    )


def _cuts(values: list[int]) -> list[int]:
    """Upper bounds of at most five classes holding about as many tiles each."""
    ordered = sorted(values)
    if not ordered:
        return []
    bounds = {ordered[ceil(len(ordered) * part / 5) - 1] for part in range(1, 6)}
    return sorted(bounds)


def _quantile(value: int, cuts: list[int]) -> int:
    if value <= 0 or not cuts:
        return 0
    return _shade(bisect_left(cuts, value), len(cuts))


def _shade(place: int, classes: int) -> int:
    """Fewer classes than colours: spread them, the highest always darkest."""
    return 5 - (classes - 1 - place) * 5 // classes


def _legend(cuts: list[int]) -> SafeString:
    lines = [(0, "0")]
    lower = 1
    for place, upper in enumerate(cuts):
        span = number(upper) if lower >= upper else f"{number(lower)}–{number(upper)}"
        lines.append((_shade(place, len(cuts)), span))
        lower = upper + 1
    return format_html(
        '<ul class="legend">{}</ul>',
        format_html_join(
            "",
            '<li><svg viewBox="0 0 14 14" aria-hidden="true"><rect class="q{}" width="14" '
            'height="14"/></svg>{}</li>',
            lines,
        ),
    )
