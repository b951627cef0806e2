// The review goes on without a new page: an answered card is swapped, and work moves on to the next that waits.
// The keys themselves are the shared script's. Everything here can be done without it.
const troubled = () => document.getElementById("review-trouble");
let answered = null;

// Links in a card open their form in the card's own place.
document.addEventListener("htmx:configRequest", (event) => {
  answered = event.detail.elt.closest(".tr-candidate")?.id ?? event.detail.target?.id ?? null;
});

// An answer that says what was wrong is shown where the card stands; anything else is told above the list.
document.addEventListener("htmx:beforeSwap", (event) => {
  const told = [409, 422].includes(event.detail.xhr.status);
  if (told) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
  troubled().hidden = told || event.detail.xhr.status < 400;
});

for (const type of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(type, () => {
    troubled().hidden = false;
    troubled().scrollIntoView({ block: "nearest" });
  });
}

const mirror = (card) => {
  for (const mark of document.querySelectorAll(`[data-of="${card.id.replace("forslag-", "")}"]`)) {
    if (card.dataset.state) mark.dataset.state = card.dataset.state;
    else delete mark.dataset.state;
    mark.dataset.class = card.dataset.class;
  }
};

const waiting = (card) => {
  let next = card.nextElementSibling;
  while (next && next.dataset.state) next = next.nextElementSibling;
  return next;
};

document.addEventListener("htmx:afterSettle", () => {
  const card = answered && document.getElementById(answered);
  answered = null;
  if (!card?.matches("[data-keys-item]")) return;
  mirror(card);
  if (card.dataset.form !== undefined) {
    const first = card.querySelector(".ds-error-summary, select, input:not([type=hidden]), button");
    (first ?? card).focus();
    return;
  }
  const stays = !card.dataset.state || card.querySelector("[role=alert]");
  const next = stays ? card : (waiting(card) ?? card);
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
});

// Escape leaves a form that stands in a card.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.activeElement?.closest("[data-form]")?.querySelector("[data-cancel]")?.click();
});

// Where the address points to a candidate, work goes on there.
window.addEventListener("load", () => {
  document.getElementById(location.hash.slice(1))?.closest("[data-keys-item]")?.focus();
});
