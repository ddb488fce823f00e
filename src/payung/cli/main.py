"""`payung …`: every stage of the work from a terminal.

Commands are loaded when called, so that `payung check` starts without Django.
"""

from importlib import import_module

import click

from payung.cli import indonesian

indonesian.speak()

# command → (module, attribute, one line of help)
COMMANDS = {
    "check": ("payung.cli.check", "check", "Periksa daftar tanpa basis data."),
    "match": ("payung.cli.match", "match", "Cari orang yang sama di dalam dan antar daftar."),
    "index": ("payung.cli.index", "index", "Acuan yang disiapkan sekali untuk payung match."),
    "law": ("payung.cli.law", "law", "Tanya hukum: iuran, perlindungan, manfaat, klaim."),
    "init": ("payung.cli.init", "init", "Siapkan pemasangan pertama."),
    "demo": ("payung.cli.demo", "demo", "Jalankan setahun kota rekaan dan buka situsnya."),
    "serve": ("payung.cli.serve", "serve", "Jalankan situs dan pekerja latar."),
    "daily": ("payung.cli.serve", "daily", "Pekerjaan harian (cron): pulihkan, rapikan."),
    "organisation": ("payung.cli.accounts", "organisation", "Organisasi: lihat, tambah."),
    "member": ("payung.cli.accounts", "member", "Orang dan perannya: lihat, tambah."),
    "region": ("payung.cli.region", "region", "Muat kode wilayah."),
    "agreement": ("payung.cli.agreement", "agreement", "Perjanjian: MoU, PKS, SK."),
    "list": ("payung.cli.lists", "list_", "Daftar masuk: baca, periksa, terima."),
    "worker": ("payung.cli.workers", "worker", "Cari pekerja."),
    "reference": ("payung.cli.screening", "reference", "Muat daftar acuan."),
    "screen": ("payung.cli.screening", "screen", "Saring pekerja terhadap acuan."),
    "fund": ("payung.cli.funding", "fund", "Dana dan bukunya."),
    "plan": ("payung.cli.plans", "plan", "Rencana perlindungan."),
    "batch": ("payung.cli.enrolment", "batch", "Berkas pendaftaran ke BPJS dan jawabannya."),
    "invoice": ("payung.cli.contributions", "invoice", "Tagihan iuran bulanan."),
    "pay": ("payung.cli.contributions", "pay", "Catat pembayaran iuran."),
    "claim": ("payung.cli.claims", "claim", "Klaim JKM dan JKK."),
    "coverage": ("payung.cli.coverage", "coverage", "Cakupan per wilayah dan kategori."),
    "audit": ("payung.cli.audit", "audit", "Periksa keutuhan jejak audit."),
}


class LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[name]
        return indonesian.named(getattr(import_module(module), attribute))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(indonesian.SENTENCES["Commands"]):
            formatter.write_dl([(name, help_) for name, (_, _, help_) in COMMANDS.items()])


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar="[PILIHAN]",
    subcommand_metavar="PERINTAH [ISIAN]...",
)
@click.version_option(package_name="payung")
def main() -> None:
    """Payung: dari daftar nama yang berantakan sampai santunan di tangan ahli waris."""
