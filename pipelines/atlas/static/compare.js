// Page Compare: what is chosen, the data it needs, the table, and the download of exactly what is shown.
// The choice stands in the address behind #, so that a comparison can be kept and sent.
"use strict";
(() => {
  const get = (id) => document.getElementById(id);
  const say = (pair) => pair[atlas.language === "en" ? 1 : 0];
  const number = (value) => new Intl.NumberFormat(atlas.language === "en" ? "en" : "zh-CN", { maximumFractionDigits: 2 }).format(value);
  const LISTED = 400;
  const loaded = new Map();
  const state = { indicator: null, measure: null, from: null, to: null, bodies: new Set() };
  let bodies = [], place = new Map(), indicators = [], rows = [];

  atlas.index = (index) => {
    bodies = index.bodies.map(([slug, drawn, name, ...of]) => ({ slug, page: `region/${drawn ? slug : "left-out"}.html`, name, of }));
    place = new Map(bodies.map((body, at) => [body.slug, at]));
    indicators = index.indicators;
    const asked = new URLSearchParams(location.hash.slice(1));
    const most = indicators.reduce((best, one) => one.measures[0][6] > best.measures[0][6] ? one : best);
    state.indicator = indicators.find((one) => one.code === asked.get("indicator")) ?? most;
    state.wanted = asked;
    fill();
    chooseIndicator(asked.get("measure"));
  };
  atlas.values = (name, values) => loaded.get(name)(values);

  function load(name) {
    if (!loaded.has(name + "!")) loaded.set(name + "!", new Promise((resolve, reject) => {
      loaded.set(name, resolve);
      const script = document.createElement("script");
      script.src = `data/compare/${encodeURIComponent(name)}.js`;
      script.onerror = () => reject(new Error(name));
      document.body.append(script);
    }));
    return loaded.get(name + "!");
  }

  const option = (value, text, chosen) => new Option(text, value, false, chosen);

  function fill() {
    const groups = new Map();
    for (const one of indicators) {
      const theme = say(one.theme);
      if (!groups.has(theme)) groups.set(theme, Object.assign(document.createElement("optgroup"), { label: theme }));
      groups.get(theme).append(option(one.code, say(one.name), one === state.indicator));
    }
    get("indicator").replaceChildren(...groups.values());
    fillMeasures();
  }
  function fillMeasures() {
    get("measure").replaceChildren(...state.indicator.measures.map((one) =>
      option(one[0], `${say([one[1], one[2]])} (${number(one[6])})`, one === state.measure)));
  }

  async function chooseIndicator(key) {
    state.measure = state.indicator.measures.find((one) => one[0] === key) ?? state.indicator.measures[0];
    fillMeasures();
    const values = await load(state.measure[5]);
    rows = values[state.measure[0]].map(([slug, year, value, qualifier, how, href]) => ({ slug, year, value, qualifier, how, href }));
    const years = [...new Set(rows.map((row) => row.year))].sort((a, b) => a - b);
    const wanted = state.wanted;
    state.wanted = null;
    state.from = years.includes(Number(wanted?.get("from"))) ? Number(wanted.get("from")) : years[0];
    state.to = years.includes(Number(wanted?.get("to"))) ? Number(wanted.get("to")) : years.at(-1);
    const there = new Set(rows.map((row) => row.slug));
    const named = (wanted?.get("bodies") ?? "").split(",").filter((slug) => there.has(slug));
    state.bodies = new Set(named.length ? named : [...state.bodies].filter((slug) => there.has(slug)));
    if (!state.bodies.size) state.bodies = new Set(longest());
    for (const [id, chosen] of [["from", state.from], ["to", state.to]])
      get(id).replaceChildren(...years.map((year) => option(year, year, year === chosen)));
    listBodies();
    show();
  }
  // At first those with the most years, which have most to show.
  function longest() {
    const counts = new Map();
    for (const row of rows) counts.set(row.slug, (counts.get(row.slug) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || place.get(a[0]) - place.get(b[0])).slice(0, 6).map(([slug]) => slug);
  }

  function listBodies() {
    const there = new Set(rows.map((row) => row.slug)), wanted = get("search").value.trim().toLowerCase();
    const found = bodies.filter((body) => there.has(body.slug) && body.name.toLowerCase().includes(wanted)), listed = found.slice(0, LISTED);
    const left = found.length - listed.length;
    get("unlisted").replaceChildren(left ? atlas.both(`另有 ${left} 个未列出，请用名称查找。`, `${left} more: find them by name.`) : "");
    get("bodies").replaceChildren(...listed.map((body) => {
      const label = document.createElement("label"), box = document.createElement("input"), name = document.createElement("span");
      box.type = "checkbox";
      box.value = body.slug;
      box.checked = state.bodies.has(body.slug);
      name.textContent = body.name;
      name.lang = "zh-Hans";
      label.append(box, name);
      return label;
    }));
  }

  function shown() {
    const kept = rows.filter((row) => state.bodies.has(row.slug) && row.year >= state.from && row.year <= state.to);
    const series = new Map();
    for (const row of kept) series.set(row.slug, [...series.get(row.slug) ?? [], row]);
    return [...series].sort((a, b) => place.get(a[0]) - place.get(b[0]))
      .map(([slug, points]) => ({ ...bodies[place.get(slug)], points: points.sort((a, b) => a.year - b.year) }));
  }

  function show() {
    const series = shown(), [key, , , unitZh, unitEn, , , outcome] = state.measure;
    const years = [...new Set(series.flatMap((one) => one.points.map((point) => point.year)))].sort((a, b) => a - b);
    const detail = state.measure === state.indicator.measures[0] && key.startsWith("level|||") ? "" : ` · ${say([state.measure[1], state.measure[2]])}`;
    const unit = say([unitZh, unitEn]);
    get("result-title").textContent = `${say(state.indicator.name)}${detail}${unit ? ` (${unit})` : ""}`;
    const breaks = state.indicator.breaks.filter(([year, of]) => (of === "*" || of === outcome) && year > years[0] && year <= years.at(-1));
    const figure = get("figure");
    figure.replaceChildren();
    if (years.length) {
      const chart = atlas.draw(series, years, breaks.map(([year]) => year), number);
      figure.append(chart.svg);
      if (chart.shown < series.length) {
        const note = document.createElement("figcaption");
        note.className = "note";
        note.append(atlas.both(`图中只画前 ${chart.shown} 个，表中全部列出。`, `The chart shows the first ${chart.shown}, the table all.`));
        figure.append(note);
      }
    } else figure.append(atlas.both("所选范围没有数值。", "There is no value for this choice."));
    get("breaks").replaceChildren(...breaks.map(([year, , zh, en]) => {
      const line = document.createElement("p");
      line.append(atlas.both(`${year}年：${zh}`, `${year}: ${en}`));
      return line;
    }));
    get("chosen-count").replaceChildren(atlas.both(`已选 ${state.bodies.size}`, `${state.bodies.size} chosen`));
    get("download").disabled = !years.length;
    tabulate(series, years);
    const address = new URLSearchParams({ indicator: state.indicator.code, measure: key, from: state.from, to: state.to, bodies: [...state.bodies].slice(0, 60).join(",") });
    try { history.replaceState(null, "", `#${address}`); } catch { /* not everywhere for pages opened from a disk */ }
  }

  const ABOUT = { approx: ["约", "about"], at_least: ["不少于", "at least"], at_most: ["不超过", "at most"] };
  const HOW = { derived: ["推", "der."], restated: ["追", "res."], correction: ["正", "cor."] };
  function tabulate(series, years) {
    const table = get("result"), head = table.createTHead(), body = document.createElement("tbody");
    const cell = (kind, scope, text) => {
      const made = document.createElement(kind);
      if (scope) made.scope = scope;
      if (text instanceof Node) made.append(text); else made.textContent = text ?? "";
      return made;
    };
    const top = document.createElement("tr");
    top.append(cell("th", "col", atlas.both("机关", "Body")), ...years.map((year) => Object.assign(cell("th", "col", year), { className: "num" })));
    head.replaceChildren(top);
    for (const one of series) {
      const line = document.createElement("tr"), name = document.createElement("a");
      name.href = one.page;
      name.textContent = one.name;
      const heading = cell("th", "row", name);
      heading.lang = "zh-Hans";
      line.append(heading);
      for (const year of years) {
        const point = one.points.find((point) => point.year === year), value = cell("td");
        value.className = "num";
        if (point) {
          const text = `${ABOUT[point.qualifier] ? `${say(ABOUT[point.qualifier])} ` : ""}${number(point.value)}`;
          const link = document.createElement(point.href ? "a" : "span");
          if (point.href) link.href = point.href;
          link.className = "value";
          link.textContent = text;
          value.append(link);
          if (HOW[point.how]) value.append(Object.assign(document.createElement("sup"), { className: "how", textContent: say(HOW[point.how]) }));
        }
        line.append(value);
      }
      body.append(line);
    }
    table.querySelector("tbody")?.remove();
    table.append(body);
  }

  function download() {
    const quoted = (value) => /[",\n\r]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : value;
    const lines = [["body", "region", "year", "indicator", "measure", "value", "unit", "qualifier", "settled_by", "evidence"]];
    for (const one of shown()) for (const point of one.points)
      lines.push([one.name, one.slug, point.year, state.indicator.code, say([state.measure[1], state.measure[2]]), point.value, state.measure[3], point.qualifier, point.how, point.href]);
    const text = lines.map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
    const link = document.createElement("a");
    // A mark at the beginning, without which spreadsheets misread Chinese.
    link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
    link.download = `gongkai-${state.indicator.code}-${state.from}-${state.to}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  get("choices").addEventListener("submit", (event) => event.preventDefault());
  get("indicator").addEventListener("change", (event) => {
    state.indicator = indicators.find((one) => one.code === event.target.value);
    chooseIndicator();
  });
  get("measure").addEventListener("change", (event) => chooseIndicator(event.target.value));
  get("from").addEventListener("change", (event) => { state.from = Number(event.target.value); show(); });
  get("to").addEventListener("change", (event) => { state.to = Number(event.target.value); show(); });
  get("search").addEventListener("input", listBodies);
  get("bodies").addEventListener("change", (event) => {
    state.bodies[event.target.checked ? "add" : "delete"](event.target.value);
    show();
  });
  get("all").addEventListener("click", () => {
    for (const box of get("bodies").querySelectorAll("input")) state.bodies.add(box.value);
    listBodies();
    show();
  });
  get("none").addEventListener("click", () => { state.bodies.clear(); listBodies(); show(); });
  get("download").addEventListener("click", download);
  document.addEventListener("language", () => { if (state.measure) { fill(); show(); } });

  const script = document.createElement("script");
  script.src = "data/compare/index.js";
  document.body.append(script);
})();
