// Keys: an element with data-key is reached by that key. Buttons and links are pressed, fields are focused.
// Listens only outside fields; can be switched off (WCAG 2.1.4); "?" lists what the page has, read from the page itself.
(() => {
  "use strict";
  const KEPT = "arrears-single-keys";
  const FIELD = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable]";
  let before = "";
  let forget = 0;

  const isOn = () => localStorage.getItem(KEPT) !== "off";
  const isShown = (element) => element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
  const room = () => document.querySelector("dialog[open]") || document;

  const find = (key) =>
    [...room().querySelectorAll("[data-key]")].find((element) => element.dataset.key === key && (isShown(element) || element.closest(".drawer")) && !element.disabled);

  const reach = (element) => {
    if (element.matches(FIELD)) {
      element.focus();
      if (element.select) element.select();
    } else if (element.matches("input, a, button, summary")) {
      element.focus();
      element.click();
    } else {
      const within = element.querySelector("input:checked, input:not([type=hidden]), select, textarea, button, a");
      (within || element).focus();
      element.scrollIntoView({ block: "nearest" });
    }
  };

  const named = (event) => {
    if (event.ctrlKey || event.metaKey) return event.key === "Enter" ? "ctrl+enter" : "";
    if (event.altKey) return "";
    return event.key.length === 1 ? event.key : event.key.toLowerCase();
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    const key = named(event);
    if (key === "ctrl+enter") {
      const form = event.target.closest ? event.target.closest("form") : null;
      const own = form && form.querySelector('[data-key="ctrl+enter"]');
      const wanted = own || find(key);
      if (wanted) { event.preventDefault(); wanted.click(); }
      return;
    }
    if (key === "escape" && event.target.matches && event.target.matches(FIELD) && !document.querySelector("dialog[open]")) {
      event.target.blur();
      return;
    }
    if (!key || !isOn() || (event.target.matches && event.target.matches(FIELD))) return;
    const wanted = (before && find(`${before} ${key}`)) || find(key);
    clearTimeout(forget);
    before = key;
    forget = setTimeout(() => { before = ""; }, 1200);
    if (wanted) {
      event.preventDefault();
      before = "";
      reach(wanted);
    }
  });

  const open = (dialog) => { if (dialog && !dialog.open) { dialog.showModal(); } };

  const label = (element) =>
    element.dataset.keyLabel || element.getAttribute("aria-label") ||
    [...element.childNodes].filter((node) => node.nodeName !== "KBD").map((node) => node.textContent).join(" ").replace(/\s+/g, " ").trim();

  const list = (dialog) => {
    const place = dialog.querySelector("[data-keys-here]");
    if (!place) return;
    const seen = new Set();
    place.replaceChildren();
    for (const element of document.querySelectorAll("[data-key]")) {
      const key = element.dataset.key;
      const inside = element.closest("dialog");
      if (seen.has(key) || (inside && inside !== dialog) || key === "?") continue;
      seen.add(key);
      const line = document.createElement("div");
      const word = document.createElement("dd");
      const sign = document.createElement("dt");
      for (const part of key.split(" ")) {
        const kbd = document.createElement("kbd");
        kbd.textContent = part.replace("ctrl+enter", "Ctrl ↵");
        sign.append(kbd, " ");
      }
      word.textContent = label(element);
      line.append(sign, word);
      place.append(line);
    }
  };

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const closer = event.target.closest("[data-closes]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      if (dialog) { list(dialog); open(dialog); }
    }
    if (closer) document.getElementById(closer.dataset.closes).close();
  });

  const ready = () => {
    const control = document.querySelector("[data-keys-switch]");
    if (control) {
      control.checked = isOn();
      control.addEventListener("change", () => localStorage.setItem(KEPT, control.checked ? "on" : "off"));
    }
    const first = document.querySelector("[data-focus-first]");
    if (first && !document.querySelector("[autofocus]")) first.focus({ preventScroll: false });
    for (const form of document.querySelectorAll("form[method=post]")) {
      form.addEventListener("submit", (event) => {  // a second Enter must not post a second time
        if (form.dataset.sent) event.preventDefault();
        form.dataset.sent = "yes";
      });
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready); else ready();
  window.addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });
})();
