import { tie_suggestions } from "./page/suggest";
import { tie_here } from "./page/here";
import { say_failed, tie_toggle } from "./page/toggle";

tie_here();
tie_suggestions();

const map = document.querySelector<HTMLElement>("[data-results-map]");
if (map) {
  const toggle = tie_toggle(document.querySelector("[data-map-toggle]"), map, async () => (await import("./map/results")).draw_results(map), say_failed);
  // Beside the list there is room for it; below, it waits until it is asked for.
  const beside = matchMedia("(min-width: 64rem)");
  if (beside.matches) toggle.show();
  else beside.addEventListener("change", (event) => event.matches && toggle.show());
}
