import { say_failed, tie_toggle } from "./page/toggle";

const map = document.querySelector<HTMLElement>("[data-place-map]");
if (map) {
  const toggle = tie_toggle(document.querySelector("[data-map-toggle]"), map, async () => (await import("./map/place")).draw_place(map), say_failed);
  if (matchMedia("(min-width: 64rem)").matches) toggle.show();
}
