/* The page “Find support”: looks again after a pause in typing, takes facts away, keeps the focus and what is open,
   announces what was found, prints and saves. Nothing is sent anywhere but to the page's own server. */
"use strict";
(() => {
  const PAUSE_MS = 900;
  const find = (id) => document.getElementById(id);
  const typing = (box) => box?.querySelector("textarea, input");
  const look = () => find("update")?.click();
  let timer = 0;
  let last = null;
  let cards = -1;

  function fill(field, text) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (event.target.closest("#situation")) timer = setTimeout(look, PAUSE_MS);
  });
  document.addEventListener("focusout", () => clearTimeout(timer));
  document.addEventListener("focusin", (event) => { last = event.target; });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.classList.contains("remove")) {
      const field = typing(button.closest(".fact"));
      fill(field, "");
      field.focus();
      look();
    } else if (button?.id === "more") {
      cards = document.querySelectorAll("#results .scheme").length;
    } else if (button?.id === "print") {
      window.print();
    } else if (button?.id === "save-txt") {
      save(find("copy"), "support.txt", "text/plain");
    } else if (button?.id === "save-md") {
      save(find("markdown"), "support.md", "text/markdown");
    }
  });

  function save(box, name, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([typing(box).value], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  // What is on paper is open.
  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("details:not([open])")) {
      each.dataset.printed = "";
      each.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const each of document.querySelectorAll("details[data-printed]")) {
      delete each.dataset.printed;
      each.open = false;
    }
  });

  const opened = new Set();
  document.addEventListener("toggle", (event) => {
    if (event.target.id && event.target.isConnected) opened[event.target.open ? "add" : "delete"](event.target.id);
  }, true);

  const announcer = document.createElement("p");
  announcer.id = "announcer";
  announcer.className = "hidden";
  announcer.setAttribute("role", "status");

  function settle() {
    for (const id of opened) {
      const each = find(id);
      if (each && !each.open) each.open = true;
    }
    find("pages")?.querySelector(".here")?.setAttribute("aria-current", "page");
    const choice = find("choice");
    choice?.setAttribute("aria-label", choice.querySelector("[data-testid=block-info]")?.textContent ?? "");
    const said = find("note")?.querySelector(".note")?.firstChild?.textContent ?? "";
    if (announcer.textContent !== said) announcer.textContent = said;
    const more = document.querySelectorAll("#results .scheme h3")[cards];
    if (cards >= 0 && more) {
      cards = -1;
      more.focus();
    } else if (last && !last.checkVisibility() && document.activeElement === document.body) {
      last = null;
      find("results-title")?.focus();
    }
  }

  function prefill() {
    const told = new URLSearchParams(location.hash.slice(1));
    if (!told.has("told") && !told.has("day")) return;
    history.replaceState(null, "", location.pathname);
    if (told.get("day")) fill(typing(find("as-of")), told.get("day"));
    if (told.get("told")) fill(typing(find("situation")), told.get("told"));
    setTimeout(look, 200);
  }

  function begin() {
    document.body.append(announcer);
    let ready = false;
    new MutationObserver(() => {
      if (!ready && typing(find("situation")) && find("update")) {
        ready = true;
        prefill();
      }
      settle();
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
