// What every page does: switch the language, filter a list, show the number that is pointed at.
"use strict";
atlas.show(atlas.language);

document.getElementById("language").addEventListener("click", () => {
  const other = atlas.language === "zh" ? "en" : "zh";
  atlas.keep(other);
  atlas.show(other);
  const here = new URL(location.href);
  here.searchParams.set("lang", other);
  try { history.replaceState(null, "", here); } catch { /* not for pages opened from a disk in some browsers */ }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !link.getAttribute("href")) return;
  const to = new URL(link.href.baseVal ?? link.href, location.href);
  const inside = to.protocol === location.protocol && to.host === location.host && to.pathname.endsWith(".html");
  if (!inside || to.pathname === location.pathname || !atlas.languages.includes(atlas.language)) return;
  to.searchParams.set("lang", atlas.language);
  link.setAttribute("href", to.href);
}, true);

for (const field of document.querySelectorAll("input[data-filter]")) {
  const list = document.getElementById(field.dataset.filter);
  const items = [...list.querySelectorAll("tbody tr, :scope > li")];
  const words = items.map((item) => item.textContent.toLowerCase());
  const said = field.closest(".filter").querySelector("[role=status]");
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    let shown = 0;
    items.forEach((item, place) => {
      item.hidden = !words[place].includes(wanted);
      shown += !item.hidden;
    });
    said.replaceChildren(wanted ? atlas.both(`${shown} 条`, `${shown} shown`) : "");
  });
}

// The page of reports without one is told in its address which number was asked for.
const asked = document.querySelector("[data-from-hash]");
if (asked && location.hash.startsWith("#q-")) asked.textContent = decodeURIComponent(location.hash.slice(3));

const panel = document.getElementById("panel");
if (panel) {
  const body = panel.querySelector(".panel-body");
  const close = panel.querySelector(".close");
  let marked = null;
  const describe = (link) => {
    if (link === marked) return;
    marked?.classList.remove("chosen");
    marked = link;
    link.classList.add("chosen");
    const lists = link.dataset.rows.split(" ").map((name) => {
      const row = document.getElementById(name);
      const heads = row.closest("table").querySelectorAll("thead th");
      const list = document.createElement("dl");
      [...row.cells].forEach((cell, place) => {
        if (!cell.textContent.trim()) return;
        const term = document.createElement("dt"), told = document.createElement("dd");
        term.append(...[...heads[place].childNodes].map((node) => node.cloneNode(true)));
        // Links inside would name places twice.
        told.append(...[...cell.childNodes].map((node) => node.cloneNode(true)));
        if (cell.lang) told.lang = cell.lang;
        list.append(term, told);
      });
      return list;
    });
    body.replaceChildren(...lists);
    panel.classList.add("open");
    close.hidden = false;
  };
  const chosen = (event) => event.target.closest?.(".text a[data-rows]");
  for (const kind of ["pointerover", "focusin"])
    document.addEventListener(kind, (event) => { const link = chosen(event); if (link) describe(link); });
  document.addEventListener("click", (event) => {
    const link = chosen(event);
    if (!link) return;
    event.preventDefault();
    describe(link);
  });
  const shut = () => {
    panel.classList.remove("open");
    marked?.classList.remove("chosen");
    marked = null;
    close.hidden = true;
  };
  close.addEventListener("click", shut);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") shut(); });
  const arrive = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const link = target?.matches("a[data-rows]") ? target : target?.id.startsWith("q-") ? target.nextElementSibling : null;
    if (link?.matches("a[data-rows]")) { link.focus({ preventScroll: true }); link.scrollIntoView({ block: "center" }); describe(link); }
    const row = target?.closest("details");
    if (row) row.open = true;
  };
  addEventListener("hashchange", arrive);
  arrive();
}
