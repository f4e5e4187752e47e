"""Reads a page as a person does: every visible text, label and hint that stands in the wrong language."""

from __future__ import annotations

from playwright.sync_api import Page

# Names are names in every language: of places, providers, licences and files. What is left after them must be in the
# language of the page: no Hangul in English, no run of plain English words in Korean.
_FOREIGN = """() => {
  const names = new Set();
  const add = (text) => { if (text) names.add(typeof text === "string" ? text : G.both(text)); };
  const { region, districts = [], scenarios = [], zones = [], sources = {} } = G.config;
  for (const each of [region, ...districts, ...scenarios]) add(each.name);
  for (const zone of zones) { add(zone.name); add(zone.label); }
  for (const { attribution, licence, path } of sources.sources ?? []) {
    add(attribution); add(licence); add((path ?? "").split("/").pop());
  }
  // What the city wrote itself stands as it was written: its plans, its papers, a service named in one language.
  const written = new Set(["ownPlans", "evidence", "title", "note"]);
  const walk = (value, own) => {
    if (typeof value === "string" && own && /[가-힣]/.test(value)) add(value);
    if (!value || typeof value !== "object") return;
    if (value.ko && value.ko === value.en) add(value.ko);
    else if (!value.ko) for (const [key, part] of Object.entries(value)) walk(part, own || written.has(key));
  };
  walk(G.config, false);
  const known = [...names].sort((a, b) => b.length - a.length);
  const clean = (text) => {
    for (const name of known) {
      text = text.replaceAll(name, " ");
      // A long name may be cut short by three dots.
      for (let end = name.length - 1; text.includes("…") && end > 5; end--) {
        text = text.replaceAll(`${name.slice(0, end)}…`, " ");
      }
    }
    return text.replace(/[가-힣]{2}\\d{6,8}|\\S*\\|\\S*/g, " "); // codes of the national grid, and keys of tables
  };
  const foreign = G.language === "ko" ? /[a-z]{2,}(?:[ ,;:]+[a-z]{2,}){2}/ : /[가-힣]/;
  const found = new Set();
  const look = (text, element) => {
    if (element.closest("script, style, noscript, [lang]:not(html)")) return;
    if (!element.closest("option") && !element.checkVisibility()) return;
    if (foreign.test(clean(text))) found.add(`${element.closest("[id]")?.id}: ${text.trim()}`);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode());) look(node.data, node.parentElement);
  for (const element of document.body.querySelectorAll("[title], [aria-label], [aria-valuetext]")) {
    for (const name of ["title", "aria-label", "aria-valuetext"]) look(element.getAttribute(name) ?? "", element);
  }
  return [...found];
}"""


def foreign_texts(page: Page) -> list[str]:
    """Texts of ``page`` in another language than its own, each with the part of the page it stands in.

    All that a reader can open is opened in turn: folded parts, dialogs, every candidate's card, every service and way
    to compare, every hub's report.
    """
    found: list[str] = []

    def read() -> None:
        page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
        found.extend(page.evaluate(_FOREIGN))

    read()
    for at in range(page.locator(".ranking button").count()):
        page.locator(".ranking button").nth(at).click()
        read()
    for picker in ("#with", "#layer", "#service", "#measure", "#statistic", "#mode", "#hub"):
        if not page.locator(picker).count():
            continue
        values = page.eval_on_selector_all(f"{picker} option:enabled", "all => all.map((option) => option.value)")
        for value in values:
            page.select_option(picker, value)
            page.wait_for_timeout(60)  # the choice may have to decode its data first
            read()
    dialogs = page.evaluate("(G.headButtons ?? []).flatMap(([key], at) => (key.endsWith('.open') ? [at] : []))")
    for opener in [*dialogs, "data"]:
        page.evaluate("(at) => (at === 'data' ? G.openData() : G.headButtons[at][1]())", opener)
        read()
        page.keyboard.press("Escape")
    return list(dict.fromkeys(found))
