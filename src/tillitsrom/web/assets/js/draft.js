// What is typed in a form with data-draft is kept in this browser until it has been sent, so that a lost connection loses nothing.
// The form works without this; then the browser's own memory of the page is all there is.

const NAME = "tillitsrom-draft-";
const SKIPPED = new Set(["csrfmiddlewaretoken", "organisation", "find"]);
const form = document.querySelector("form[data-draft]");

function store(action) {
  // Some browsers have no room for it, or are told to keep nothing.
  try {
    return action(window.localStorage);
  } catch {
    return null;
  }
}

function show(name, visible) {
  for (const one of document.querySelectorAll(`[data-draft-${name}]`)) one.hidden = !visible;
}

function fields() {
  return [...new FormData(form)].filter(([name, value]) => !SKIPPED.has(name) && typeof value === "string");
}

function fill(kept) {
  const values = new Map();
  for (const [name, value] of kept) values.set(name, [...(values.get(name) ?? []), value]);
  for (const [name, all] of values) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = all.includes(field.value);
      else if (field.tagName !== "SELECT" || [...field.options].some((one) => one.value === all[0])) field.value = all[0];
    }
  }
}

for (const done of document.querySelectorAll("[data-draft-clear]")) {
  store((kept) => kept.removeItem(NAME + done.dataset.draftClear));
}

if (form) {
  const key = NAME + form.dataset.draft;
  const kept = store((all) => JSON.parse(all.getItem(key)));
  // A form that came back with what was typed, from the server, is newer than the draft.
  const answered = form.querySelector(".ds-error-summary, [aria-invalid]");
  if (Array.isArray(kept) && !answered) {
    fill(kept);
    show("delete", true);
    show("kept", true);
  }
  form.addEventListener("input", () => {
    store((all) => all.setItem(key, JSON.stringify(fields())));
    show("delete", true);
    show("kept", true);
  });
  document.querySelector("[data-draft-delete]")?.addEventListener("click", () => {
    store((all) => all.removeItem(key));
    form.reset();
    show("delete", false);
    show("kept", false);
  });
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.name || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (form.dataset.asking) return;
    form.dataset.asking = "yes";
    const reached = await fetch(form.dataset.probe, { cache: "no-store" }).then((answer) => answer.ok, () => false);
    delete form.dataset.asking;
    show("offline", !reached);
    if (reached) form.submit();
    else delete form.dataset.sent;
  });
  window.addEventListener("online", () => {
    const was = !document.querySelector("[data-draft-offline]").hidden;
    show("offline", false);
    show("back", was);
  });
}

// A ready sentence is put at the end of a text field.
for (const button of document.querySelectorAll("[data-insert]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.insert);
    field.value = `${field.value} ${button.dataset.text}`.trim();
    field.focus();
  });
}
