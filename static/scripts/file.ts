/** A file that is being read: what the page says of it is asked again now and then, without loading the page anew. */
const pause_ms = 700;
const parts = ["[data-file-stage]", "[data-file-bar]"];

function show(fresh: Document): void {
  for (const part of parts) {
    const here = document.querySelector(part);
    const there = fresh.querySelector(part);
    // What is the same is left alone: a screen reader would say it again.
    if (here && there && here.innerHTML !== there.innerHTML) here.replaceChildren(...there.childNodes);
  }
}

async function ask_again(): Promise<void> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok || !fresh.querySelector("[data-file-stage]")) {
    location.reload();
    return;
  }
  show(fresh);
  setTimeout(start, pause_ms);
}

function start(): void {
  // Whatever goes wrong: the page comes again by itself.
  ask_again().catch(() => undefined);
}

if (document.querySelector("[data-file-stage]")) setTimeout(start, pause_ms);
