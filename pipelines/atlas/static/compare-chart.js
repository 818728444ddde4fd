// The chart of page Compare, as SVG: lines over several years, bars for one. Points lead to their sentences.
"use strict";
atlas.draw = (() => {
  const LINES = 8, BARS = 30, WIDTH = 720, HUES = 8;
  const DASHES = ["", "7 3", "2 3", "9 3 2 3"];
  const make = (name, attributes, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const soft = (point) => Boolean(point.qualifier) || point.how === "derived";
  const link = (point, told, shape) => {
    if (!point.href) return shape;
    const made = make("a", { href: point.href, "aria-label": told });
    made.append(shape, make("title", {}, told));
    return made;
  };
  const ticks = (greatest) => {
    const rough = greatest / 4 || 1, power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].map((part) => part * power).find((part) => part >= rough);
    const made = [];
    for (let at = 0; at <= greatest + step * 0.001 || made.length < 2; at += step) made.push(at);
    return made;
  };

  function lines(series, years, breaks, number) {
    const left = 84, right = 150, top = 14, height = 300, bottom = 26;
    const shown = series.slice(0, LINES);
    const values = shown.flatMap((one) => one.points.map((point) => point.value));
    const marks = ticks(Math.max(0, ...values)), highest = Math.max(marks.at(-1), ...values);
    const lowest = Math.min(0, ...values);
    const x = (year) => left + (WIDTH - left - right) * (years.length > 1 ? (year - years[0]) / (years.at(-1) - years[0]) : .5);
    const y = (value) => top + (height - top) * (1 - (value - lowest) / (highest - lowest || 1));
    const svg = make("svg", { viewBox: `0 0 ${WIDTH} ${height + bottom}`, width: WIDTH });
    for (const at of marks) {
      svg.append(make("line", { x1: left, x2: WIDTH - right, y1: y(at), y2: y(at), stroke: "var(--line)" }));
      svg.append(make("text", { x: left - 6, y: y(at) + 4, "text-anchor": "end", class: "axis" }, number(at)));
    }
    const every = Math.ceil(years.length / 9);
    years.forEach((year, place) => {
      if (place % every === 0) svg.append(make("text", { x: x(year), y: height + 18, "text-anchor": "middle", class: "axis" }, year));
    });
    for (const year of breaks) if (year > years[0] && year <= years.at(-1))
      svg.append(make("line", { x1: x(year - .5), x2: x(year - .5), y1: top, y2: height, stroke: "var(--quiet)", "stroke-dasharray": "3 3" }));
    const ends = [];
    shown.forEach((one, place) => {
      const colour = `var(--line-${place % HUES})`;
      const path = one.points.map((point, at) => `${at ? "L" : "M"}${x(point.year)},${y(point.value)}`).join("");
      svg.append(make("path", { d: path, fill: "none", stroke: colour, "stroke-width": 2, "stroke-dasharray": DASHES[place % DASHES.length] }));
      for (const point of one.points) {
        const told = `${one.name} ${point.year}: ${number(point.value)}`;
        svg.append(link(point, told, make("circle", { cx: x(point.year), cy: y(point.value), r: 4.5, fill: soft(point) ? "var(--paper)" : colour, stroke: colour, "stroke-width": 2 })));
      }
      ends.push({ y: y(one.points.at(-1).value), name: one.name, colour, x: x(one.points.at(-1).year) });
    });
    ends.sort((a, b) => a.y - b.y).forEach((end, place, all) => {
      // Names keep clear of each other, and above the foot of the chart.
      const least = place ? all[place - 1].y + 15 : top;
      end.y = Math.min(Math.max(end.y, least), Math.max(least, height - 15 * (all.length - 1 - place)));
      const name = end.name.length > 11 ? `${end.name.slice(0, 10)}…` : end.name;
      svg.append(make("text", { x: WIDTH - right + 10, y: end.y + 4, class: "name", fill: end.colour }, name));
    });
    return { svg, shown: shown.length };
  }

  function bars(series, number) {
    const left = 190, right = 90, step = 24;
    const shown = series.map((one) => ({ ...one, point: one.points[0] })).sort((a, b) => b.point.value - a.point.value).slice(0, BARS);
    const greatest = Math.max(1e-9, ...shown.map((one) => one.point.value));
    const svg = make("svg", { viewBox: `0 0 ${WIDTH} ${shown.length * step + 6}`, width: WIDTH });
    shown.forEach((one, place) => {
      const width = Math.max(1, (WIDTH - left - right) * Math.max(0, one.point.value) / greatest), top = place * step + 4;
      const name = one.name.length > 14 ? `${one.name.slice(0, 13)}…` : one.name;
      svg.append(make("text", { x: left - 8, y: top + 12, "text-anchor": "end", class: "axis" }, name));
      const told = `${one.name} ${one.point.year}: ${number(one.point.value)}`;
      svg.append(link(one.point, told, make("rect", { x: left, y: top, width, height: 15, fill: "var(--accent)", opacity: soft(one.point) ? .45 : 1 })));
      svg.append(make("text", { x: left + width + 6, y: top + 12, class: "name", fill: "var(--ink)" }, number(one.point.value)));
    });
    return { svg, shown: shown.length };
  }

  return (series, years, breaks, number) => years.length > 1 ? lines(series, years, breaks, number) : bars(series, number);
})();
