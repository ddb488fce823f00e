"""The demo's accounts: one per role, in the demo's own database only."""

PASSWORD = "payung-rekaan-2026"  # noqa: S105

# slug of the organisation, role, name, e-mail
MEMBERS = [
    ("pengampu", "administrator", "Dewi Lestari", "dewi@disnaker.contoh"),
    ("pengampu", "operator", "Rina Handayani", "rina@disnaker.contoh"),
    ("pengampu", "verifier", "Budi Santoso", "budi@disnaker.contoh"),
    ("pemda", "approver", "Sari Wulandari", "sari@pemkot.contoh"),
    ("dinsos", "verifier", "Agus Salim", "agus@dinsos.contoh"),
    ("36-71-05-1001", "operator", "Yuni Astuti", "yuni@kelurahan.contoh"),
    ("kesra", "operator", "Hasan Basri", "hasan@kesra.contoh"),
    ("ojek-association", "operator", "Joko Susilo", "joko@ojek.contoh"),
    ("bpjs", "branch_officer", "Maya Anggraini", "maya@bpjs.contoh"),
    ("pt-sinar-abadi", "sponsor", "Andi Wijaya", "andi@sinarabadi.contoh"),
    ("inspektorat", "auditor", "Ratna Dewi", "ratna@inspektorat.contoh"),
]

_KINDS = {
    "pengampu": "Dinas Tenaga Kerja",
    "pemda": "Pemerintah Kota Tangerang",
    "dinsos": "Dinas Sosial",
    "36-71-05-1001": "Kelurahan",
    "kesra": "Bagian Kesejahteraan Rakyat",
    "ojek-association": "Paguyuban Pengemudi Ojek",
    "bpjs": "BPJS Ketenagakerjaan cabang",
    "pt-sinar-abadi": "PT Sinar Abadi",
    "inspektorat": "Inspektorat",
}
_ROLES = {
    "administrator": "Administrator",
    "operator": "Petugas data",
    "verifier": "Verifikator",
    "approver": "Penyetuju",
    "branch_officer": "Petugas BPJS",
    "sponsor": "Penyandang dana",
    "auditor": "Auditor",
}

DEMO_ACCOUNTS = [
    {
        "role": _ROLES[role],
        "name": name,
        "email": email,
        "password": PASSWORD,
        "organisation": _KINDS[slug],
    }
    for slug, role, name, email in MEMBERS
]
