// A button that shows and hides a map, and draws it the first time it is wanted.
export function tie_toggle(button: HTMLButtonElement | null, map: HTMLElement, draw: () => Promise<void>, failed: (map: HTMLElement) => void): { show: () => void } {
  let drawn = false;
  const set = (shown: boolean): void => {
    map.hidden = !shown;
    button?.setAttribute("aria-expanded", String(shown));
    button?.querySelector<HTMLElement>("[data-show]")?.toggleAttribute("hidden", shown);
    button?.querySelector<HTMLElement>("[data-hide]")?.toggleAttribute("hidden", !shown);
    if (shown && !drawn) {
      drawn = true;
      draw().catch((error: unknown) => {
        console.error(error);
        failed(map);
      });
    }
  };
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => set(map.hidden !== false));
  }
  return { show: () => set(true) };
}

export function say_failed(map: HTMLElement): void {
  const note = document.createElement("p");
  note.className = "map-failed";
  note.textContent = map.dataset.failed ?? "";
  map.replaceChildren(note);
}
