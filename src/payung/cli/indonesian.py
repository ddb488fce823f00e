"""click's own words in Indonesian.

click asks gettext for them, which has no Indonesian catalogue of click: its modules ask us
instead. A test finds sentences of a new click that are missing here.
"""

from types import ModuleType

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

SENTENCES = {
    # help
    "Usage:": "Cara pakai:",
    "Options": "Pilihan",
    "Commands": "Perintah",
    "Positional arguments": "Isian",
    "Show this message and exit.": "Tampilkan bantuan ini.",
    "Show the version and exit.": "Tampilkan versinya.",
    "%(prog)s, version %(version)s": "%(prog)s, versi %(version)s",
    "Confirm the action without prompting.": "Jalankan tanpa bertanya.",
    "required": "wajib",
    "default: {default}": "bawaan: {default}",
    "env var: {var}": "variabel lingkungan: {var}",
    "(dynamic)": "(dihitung)",
    "deprecated": "usang",
    "file": "berkas",
    "directory": "folder",
    "path": "berkas",
    # what went wrong
    "Error: {message}": "Salah: {message}",
    "Try '{command} {option}' for help.": "Bantuan: {command} {option}",
    "Missing argument": "Belum diisi",
    "Missing option": "Belum disebut pilihan",
    "Missing parameter": "Belum disebut",
    "Missing {param_type}": "Belum disebut {param_type}",
    "Missing parameter: {param_name}": "Belum disebut: {param_name}",
    "Missing command.": "Sebutkan perintahnya.",
    "No such option {name!r}.": "Tidak ada pilihan {name!r}.",
    "No such command {name!r}.": "Tidak ada perintah {name!r}.",
    "Did you mean {possibility}?": "Mungkin maksudnya {possibility}.",
    "(Did you mean one of: {possibilities}?)": "(Mungkin maksudnya: {possibilities}.)",
    "Choose from:\n\t{choices}": "Pilih dari:\n\t{choices}",
    "Invalid value: {message}": "Isian keliru: {message}",
    "Invalid value for {param_hint}: {message}": "Isian keliru untuk {param_hint}: {message}",
    "{value!r} is not a valid {number_type}.": "{value!r} bukan {number_type}.",
    "{value} is not in the range {range}.": "{value} di luar batas {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}":
        "{value!r} bukan ya atau tidak; yang dikenal: {states}",
    "{value!r} is not a valid UUID.": "{value!r} bukan UUID.",
    "{value!r} is not {choice}.": "{value!r} bukan {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} tidak dikenal; pilih: {choices}.",
    "{value!r} does not match the format {format}.": "{value!r} tidak ditulis sebagai {format}.",
    "{value!r} does not match the formats {formats}.":
        "{value!r} tidak ditulis sebagai salah satu dari {formats}.",
    "{name} {filename!r} does not exist.": "{name} {filename!r} tidak ada.",
    "{name} {filename!r} is a file.": "{name} {filename!r} sebuah berkas, bukan folder.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} sebuah folder, bukan berkas.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} tidak boleh dibaca.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} tidak boleh ditulis.",
    "{name} {filename!r} is not executable.": "{name} {filename!r} tidak dapat dijalankan.",
    "Could not open file {filename!r}: {message}":
        "Berkas {filename!r} tidak dapat dibuka: {message}",
    "unknown error": "sebabnya tidak diketahui",
    "Got unexpected extra argument ({args})": "Isian berlebih: {args}",
    "Got unexpected extra arguments ({args})": "Isian berlebih: {args}",
    "Option {name!r} requires an argument.": "Pilihan {name!r} memerlukan isian.",
    "Option {name!r} requires {nargs} arguments.": "Pilihan {name!r} memerlukan {nargs} isian.",
    "Option {name!r} does not take a value.": "Pilihan {name!r} tidak memakai isian.",
    "Argument {name!r} takes {nargs} values.": "Isian {name!r} memerlukan {nargs} nilai.",
    "Takes {nargs} values but 1 was given.": "Perlu {nargs} nilai, diberikan 1.",
    "Takes {nargs} values but {len} were given.": "Perlu {nargs} nilai, diberikan {len}.",
    "{len_type} values are required, but {len_value} was given.":
        "Perlu {len_type} nilai, diberikan {len_value}.",
    "{len_type} values are required, but {len_value} were given.":
        "Perlu {len_type} nilai, diberikan {len_value}.",
    "Value must be an iterable.": "Isian harus berupa beberapa nilai.",
    # asking
    "Aborted!": "Dibatalkan.",
    "Do you want to continue?": "Lanjutkan?",
    "Repeat for confirmation": "Ulangi untuk memastikan",
    "Error: The two entered values do not match.": "Salah: kedua isian tidak sama.",
    "Error: invalid input": "Salah: isian tidak dikenal",
    "Press any key to continue...": "Tekan sembarang tombol untuk melanjutkan...",
}  # fmt: skip
MODULES: tuple[ModuleType, ...] = (
    core, decorators, exceptions, formatting, parser, termui, types,
)  # fmt: skip
# what an argument or the value of an option is called in help
_WHOLE_NUMBER = "bilangan bulat"
_KINDS = {
    "text": "TEKS",
    _WHOLE_NUMBER: "ANGKA",
    "integer range": "ANGKA",
    "bilangan": "ANGKA",
    "float range": "ANGKA",
    "datetime": "WAKTU",
    "filename": "BERKAS",
    # as click named them in a module that was read before `speak`
    "file": "BERKAS",
    "directory": "FOLDER",
    "path": "BERKAS",
}
_ARGUMENTS = {
    "codes": "KODE",
    "file": "BERKAS",
    "files": "BERKAS",
    "month": "BULAN",
    "number": "NOMOR",
    "plan_id": "RENCANA",
    "target": "BERKAS",
    "text": "TEKS",
    "values": "ISIAN=NILAI",
}


def _say(sentence: str) -> str:
    return SENTENCES.get(sentence, sentence)


def _say_many(one: str, many: str, count: int) -> str:
    return _say(one if count == 1 else many)


def speak() -> None:
    """Let click speak Indonesian from here on."""
    for module in MODULES:
        for name, ours in (("_", _say), ("ngettext", _say_many)):
            if hasattr(module, name):
                setattr(module, name, ours)
    types.IntParamType.name = types.IntRange.name = _WHOLE_NUMBER
    types.FloatParamType.name = types.FloatRange.name = "bilangan"


def named(command: click.Command) -> click.Command:
    """The command, and those beneath it, with Indonesian names for what is to be filled in."""
    command.options_metavar = "[PILIHAN]" if command.options_metavar else None
    for param in command.params:
        if param.metavar is None and not isinstance(param.type, click.Choice):
            param.metavar = _filled_in(param)
    if isinstance(command, click.Group):
        command.subcommand_metavar = "PERINTAH [ISIAN]..."
        for each in command.commands.values():
            named(each)
    return command


def _filled_in(param: click.Parameter) -> str | None:
    if isinstance(param, click.Argument):
        name = _ARGUMENTS.get(param.name or "", (param.name or "").upper())
        name = name if param.required else f"[{name}]"
        return f"{name}..." if param.nargs == -1 else name
    return _KINDS.get(param.type.name)
