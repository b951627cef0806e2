// Keys for a list that is worked through: j and k walk, and a letter presses the button in the current item that has it.
//
//   <div data-keys> … <li data-keys-item data-mark="mark-7" tabindex="-1"> … <button data-key="a"> … </li> … </div>
//
// The item's mark in the text beside it (an element with that id) is shown as current and brought into view. A button
// outside every item, such as help, answers its letter too. Letters are left alone while one writes.
const scope = () => document.querySelector("[data-keys]");
const items = () => [...(scope()?.querySelectorAll("[data-keys-item]") ?? [])];

function current() {
  return document.activeElement?.closest("[data-keys-item]") ?? document.querySelector("[data-keys-item].is-current");
}

function show(item) {
  for (const old of document.querySelectorAll(".is-current")) old.classList.remove("is-current");
  if (!item) return;
  item.classList.add("is-current");
  const mark = item.dataset.mark && document.getElementById(item.dataset.mark);
  if (!mark) return;
  mark.classList.add("is-current");
  bring(mark);
}

// Only the text's own box is scrolled. If the page moved too, a button could slip from under the pointer that presses it.
function bring(mark) {
  const box = mark.closest(".tr-document");
  if (!box || box.scrollHeight <= box.clientHeight) return;
  const room = 40;
  const bar = document.querySelector(".tr-actionbar")?.getBoundingClientRect().top ?? innerHeight;
  const { top, bottom } = box.getBoundingClientRect();
  const at = mark.getBoundingClientRect();
  const first = Math.max(top, 0) + room;
  const last = Math.min(bottom, bar, innerHeight) - room;
  if (at.top < first) box.scrollTop -= first - at.top;
  else if (at.bottom > last) box.scrollTop += Math.min(at.bottom - last, at.top - first);
}

function walk(step) {
  const all = items();
  const at = all.indexOf(current());
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const find = (root) => root?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const outside = () => [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  const button = find(current()) ?? outside().find((candidate) => !candidate.closest("[data-keys-item]"));
  button?.click();
  return Boolean(button);
}

const writing = (target) => target.closest("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (!scope() || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
  if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1);
  else if (!/^[a-z?]$/.test(event.key) || !press(event.key)) return;
  event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const item = event.target.closest?.("[data-keys-item]");
  if (item) show(item);
});

// A click on a mark in the text leads to its item in the list.
document.addEventListener("click", (event) => {
  const mark = event.target.closest?.(".tr-mark[id]");
  const item = mark && document.querySelector(`[data-keys-item][data-mark="${CSS.escape(mark.id)}"]`);
  if (!item) return;
  event.preventDefault();
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
});

// After a part of the page was replaced, work goes on at the item that is marked as next, or where it was.
document.addEventListener("htmx:afterSettle", () => {
  document.querySelector("[data-keys-item][data-next]")?.focus({ preventScroll: true });
});
