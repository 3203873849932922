"""A cell just typed in is never lost: a press on a link or button waits until the page has taken the cell in.

A grid hands on what was typed a moment later; a press that leaves the page in that moment would lose it.
"""

import streamlit as st

WAIT_FOR_IT = """
const TAKEN = 300;  // ms from the last key to when a page that has been worked out since must know the cell
const UNCHANGED = 1500;  // ms from the last key after which nothing can have changed, as no work began
const QUIET = 500;  // ms without work after which no more work follows from a cell
const AT_MOST = 10000;  // ms a press is held back, whatever happens
let last = -Infinity, ended = -Infinity, unsettled = false, worked = false, ours = false, listening = false;

const app = () => document.querySelector("[data-testid='stApp']");
const busy = () => app()?.dataset.testScriptState !== "notRunning";

function watch() {
  worked ||= busy();
  if (!busy()) ended = performance.now();
}

function settled() {
  const now = performance.now(), since = now - last;
  return since > AT_MOST || (!busy() && now - ended > QUIET && since > (worked ? TAKEN : UNCHANGED));
}

function settle(then) {
  if (!settled()) return setTimeout(() => settle(then), 50);
  unsettled = false;
  then();
}

function note(event) {
  const open = document.querySelector("#portal [id^='gdg-overlay']");
  const typed = event.type === "keydown" && event.target.closest?.("[data-testid='stDataFrame']");
  if (!open && !typed) return;
  last = performance.now();
  worked = false;
  if (!unsettled) {
    unsettled = true;
    settle(() => {});
  }
}

function hold(event) {
  const pressed = event.target.closest?.("a[href], button");
  if (ours || !unsettled || !pressed) return;
  if (pressed.closest("[data-testid='stDataFrame'], [data-testid='stFormSubmitButton'], #portal")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  settle(() => {
    ours = true;
    (pressed.isConnected ? pressed : alike(pressed))?.click();
    ours = false;
  });
}

const alike = (gone) =>
  [...document.querySelectorAll(gone.tagName)].find((each) => each.textContent === gone.textContent);

export default function () {
  if (listening || !app()) return;
  listening = true;
  new MutationObserver(watch).observe(app(), { attributes: true });
  window.addEventListener("keydown", note, true);
  window.addEventListener("pointerdown", note, true);
  window.addEventListener("click", hold, true);
}
"""
guard = st.components.v2.component("foodlots_last_cell", js=WAIT_FOR_IT)


def keep_last_cell() -> None:
    """Have the browser hold back a press until the cell that was typed in is kept."""
    guard(key="last-cell")
