// Saves a reload or a click, never more: every page works without it.
// A form says that it has unsaved words before the page is left.
document.addEventListener("input", (event) => {
    const form = event.target.closest("form.form[method=post]");
    if (form) form.dataset.changed = "";
});
document.addEventListener("submit", (event) => {
    delete event.target.dataset.changed;
});
window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-changed]")) event.preventDefault();
});

// A filter sentence answers as soon as it is changed.
document.addEventListener("change", (event) => {
    if (event.target.matches("form.filters select")) event.target.form.requestSubmit();
});

// A print button prints.
document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
});

// Who logs in or out leaves nothing open for the next at this device (see outreach/app.js).
document.addEventListener("submit", (event) => {
    if (new URL(event.target.action, location).pathname.startsWith("/account/"))
        localStorage.removeItem("taihua-visits-here");
});
