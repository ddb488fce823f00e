// What HTML alone cannot: ask before a grave act, print, and show how far an upload is.
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
