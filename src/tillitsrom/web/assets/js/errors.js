// When a part of a page is refused or fails, the page stays as it is, with all that was typed, and says what happened.
// The words are those of the error page that the server sent; without JavaScript that page itself is shown.
function tell(title, content) {
  const main = document.getElementById("main");
  document.getElementById("request-error")?.remove();
  const alert = document.createElement("div");
  alert.id = "request-error";
  alert.className = "ds-alert";
  alert.dataset.color = "danger";
  alert.setAttribute("role", "alert");
  alert.tabIndex = -1;
  const heading = document.createElement("h2");
  heading.className = "ds-heading";
  heading.textContent = title;
  alert.append(heading, ...content);
  main.prepend(alert);
  alert.focus();
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  document.getElementById("request-error")?.remove();
  // 422 is the same form again, with what must be mended.
  if (xhr.status !== 422) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});

document.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const title = page.querySelector("main h1")?.textContent ?? document.body.dataset.failed;
  const paragraphs = [...page.querySelectorAll("main .tr-text p, main > p:not(:has(a))")].map((old) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = old.textContent;
    return paragraph;
  });
  tell(title, paragraphs);
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => tell(document.body.dataset.offline, []));
}
