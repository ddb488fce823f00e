// What HTML alone cannot: ask before a grave act, print, show how far an upload is, decide by keys.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const { loaded, total, lengthComputable } = event.detail;
  const box = event.target.querySelector(".upload");
  if (!box || !lengthComputable) return;
  const percent = Math.round((loaded / total) * 100);
  box.hidden = false;
  box.querySelector("progress").value = percent;
  box.querySelector("p").textContent =
    percent < 100 ? `Mengunggah ${percent}%` : "Berkas diterima, sedang dibaca …";
});

// Pairs are decided by single keys, but only where a pair has the focus and nothing is being typed.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const pairs = [...document.querySelectorAll(".pair")];
  const here = event.target.closest(".pair");
  if (!pairs.length || event.target.matches("input:not([type=checkbox]), select, textarea")) return;
  const key = event.key.toLowerCase();
  const step = { j: 1, k: -1 }[key];
  if (step && (here || event.target === document.body)) {
    const next = pairs[here ? pairs.indexOf(here) + step : 0];
    next?.focus();
    next?.scrollIntoView({ block: "start" });
  } else if (here && key === "x") here.querySelector("input[type=checkbox]")?.click();
  else if (here) here.querySelector(`button[data-key="${CSS.escape(key)}"]`)?.click();
});

// An answer that htmx would drop silently is said aloud.
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, () => {
    const place = document.querySelector(".messages");
    if (!place) return;
    const said = document.createElement("p");
    said.className = "message error";
    said.textContent = "Permintaan gagal. Periksa sambungan, muat ulang halaman, lalu coba lagi.";
    place.replaceChildren(said);
    place.scrollIntoView({ block: "center" });
  });
}
