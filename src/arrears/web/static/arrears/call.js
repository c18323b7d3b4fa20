// The call screen: walks the steps of the track, shows the fields that an outcome needs, filters objections.
(() => {
  "use strict";
  const ready = () => {
    const steps = [...document.querySelectorAll("[data-step]")];
    const walk = (by) => {
      const now = steps.findIndex((step) => step.hasAttribute("aria-current"));
      const then = Math.min(steps.length - 1, Math.max(0, now + by));
      steps.forEach((step, place) => {
        if (place === then) step.setAttribute("aria-current", "step"); else step.removeAttribute("aria-current");
        document.getElementById(step.getAttribute("aria-controls")).hidden = place !== then;
      });
    };
    const stands = () => steps.findIndex((step) => step.hasAttribute("aria-current"));
    for (const button of document.querySelectorAll("[data-step-by]")) {
      button.addEventListener("click", () => walk(Number(button.dataset.stepBy)));
    }
    for (const step of steps) step.addEventListener("click", () => walk(steps.indexOf(step) - stands()));

    const form = document.querySelector("[data-outcome]");
    if (form) {
      const show = () => {
        const chosen = form.querySelector("input[name=code]:checked");
        for (const part of form.querySelectorAll("[data-part]")) {
          const needed = Boolean(chosen && chosen.dataset.needs === part.dataset.part);
          part.hidden = !needed;
          part.disabled = !needed;
        }
      };
      form.addEventListener("change", show);
      show();
      const wrong = form.querySelector("[aria-invalid=true]");
      if (wrong) wrong.focus();
    }
    for (const button of document.querySelectorAll("[data-fills]")) {
      button.addEventListener("click", () => {
        const field = button.closest("form").elements[button.dataset.fills];
        field.value = button.dataset.value;
        field.focus();
      });
    }
    for (const search of document.querySelectorAll("[data-filters]")) {
      search.addEventListener("input", () => {
        const said = search.value.trim().toLocaleLowerCase();
        for (const one of document.getElementById(search.dataset.filters).querySelectorAll("[data-filtered] > *")) {
          one.hidden = said !== "" && !one.textContent.toLocaleLowerCase().includes(said);
        }
      });
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready); else ready();
})();
