"use strict";
// What all pages share: words in three languages, light and dark, elements made without HTML.

const page = (() => {
  const WORDS = JSON.parse(document.getElementById("words").textContent);
  const root = document.documentElement;
  const listeners = [];
  let language = "en";

  // The words of a key in the language chosen; {n} is replaced by values.n.
  const word = (key, values = {}) =>
    (WORDS[language][key] ?? key.replace(/^(label|case)\./, "")).replace(/\{(\w+)\}/g, (_, name) => number(values[name]));

  const number = value => (typeof value === "number" ? value.toLocaleString(language === "ru" ? "ru" : "en") : String(value));

  // An element with properties and children: element("td", {className: "number"}, "5"). Keys with - are attributes.
  const element = (name, properties = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key.includes("-") || key === "role") made.setAttribute(key, value);
      else made[key] = value;
    }
    made.append(...children);
    return made;
  };

  // A text as a reader should see it: what is invisible or turns the direction of writing shows as a sign.
  const VISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
  const visible = text => text.replace(VISIBLE, "\ufffd");

  // What search compares: lower case, without diacritics.
  const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ı/g, "i");

  const translate = () => {
    root.lang = language;
    for (const each of document.querySelectorAll("[data-word]")) {
      const values = Object.entries(each.dataset).map(([key, value]) => [key, /^\d+$/.test(value) ? Number(value) : value]);
      each.textContent = word(each.dataset.word, Object.fromEntries(values));
    }
    for (const each of document.querySelectorAll("[data-hint]")) each.placeholder = word(each.dataset.hint);
    if (document.querySelector("h1 [data-word]")) document.title = document.querySelector("h1").textContent;
    listeners.forEach(listener => listener());
  };

  // A setting that the browser keeps, where it may: `localStorage` is refused in some, for files in others.
  const kept = (key, value) => {
    try {
      if (value !== undefined) localStorage.setItem(`turkmen_ner.${key}`, value);
      return localStorage.getItem(`turkmen_ner.${key}`);
    } catch {
      return value ?? null;
    }
  };

  const start = () => {
    const languages = document.getElementById("language"), themes = document.getElementById("theme");
    const wanted = [kept("language"), ...navigator.languages.map(code => code.split("-")[0]), "en"];
    language = wanted.find(code => Object.hasOwn(WORDS, code ?? ""));
    languages.value = language;
    languages.addEventListener("change", () => { language = kept("language", languages.value) ?? languages.value; translate(); });
    const paint = theme => { if (theme === "auto") delete root.dataset.theme; else root.dataset.theme = theme; };
    themes.value = ["light", "dark"].includes(kept("theme")) ? kept("theme") : "auto";
    paint(themes.value);
    themes.addEventListener("change", () => { kept("theme", themes.value); paint(themes.value); });
    translate();
  };

  return {word, number, element, visible, fold, start, onLanguage: listener => listeners.push(listener)};
})();
