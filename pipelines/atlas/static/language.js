// The language of the page, before it is shown: of the link that led here, else as chosen before, else the reader's own.
// Addresses carry it (?lang=en) because some browsers keep nothing for pages opened from a disk.
"use strict";
const atlas = {
  languages: ["zh", "en"],
  chosen() {
    const asked = new URLSearchParams(location.search).get("lang");
    if (atlas.languages.includes(asked)) return asked;
    try {
      const kept = localStorage.getItem("gongkai.language");
      if (atlas.languages.includes(kept)) return kept;
    } catch { /* nothing is kept here */ }
    return (navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en";
  },
  keep(language) {
    try { localStorage.setItem("gongkai.language", language); } catch { /* the address carries it */ }
  },
  show(language) {
    const page = document.documentElement;
    page.dataset.lang = language;
    page.lang = language === "en" ? "en" : "zh-Hans";
    const title = document.querySelector("title[data-zh]");
    if (title) document.title = title.dataset[language];
    for (const part of document.querySelectorAll("[data-zh-label]"))
      part.setAttribute("aria-label", part.dataset[language + "Label"]);
    document.dispatchEvent(new CustomEvent("language", { detail: language }));
  },
  get language() { return document.documentElement.dataset.lang; },
  // A piece in both languages, made from text only.
  both(zh, en) {
    const piece = document.createDocumentFragment();
    for (const [language, text, code] of [["zh", zh, "zh-Hans"], ["en", en, "en"]]) {
      const span = document.createElement("span");
      span.className = language;
      span.lang = code;
      span.textContent = text;
      piece.append(span);
    }
    return piece;
  },
};
atlas.show(atlas.chosen());
atlas.keep(atlas.language);
