// The results of a search: a numbered pin for each card, tied both ways.
import { draw_ground, maplibregl, mark_when_idle, moves } from "./ground";

interface Place {
  card: HTMLElement;
  number: string;
  point: [number, number];
}

function places(): Place[] {
  return [...document.querySelectorAll<HTMLElement>(".card[data-lon]")].map((card) => ({
    card,
    number: card.dataset.number ?? "",
    point: [Number(card.dataset.lon), Number(card.dataset.lat)],
  }));
}

function pin(place: Place): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "marker";
  const face = document.createElement("span");
  face.className = "marker-face";
  face.textContent = place.number;
  button.append(face);
  return button;
}

interface Pin {
  button: HTMLButtonElement;
  place: Place;
}

/** As large as a finger, in CSS pixels. */
const target_size = 44;

/** Pins that would lie over a better one become dots until there is room: no target may hide another. */
function part_pins(map: maplibregl.Map, pins: Pin[]): void {
  const taken: maplibregl.Point[] = [];
  for (const { button, place } of pins) {
    const point = map.project(place.point);
    const free = taken.every((other) => Math.abs(other.x - point.x) >= target_size || Math.abs(other.y - point.y) >= target_size);
    if (free) taken.push(point);
    button.classList.toggle("dot", !free);
    button.disabled = !free;
    if (free) button.removeAttribute("aria-hidden");
    else button.setAttribute("aria-hidden", "true");
  }
}

export async function draw_results(container: HTMLElement): Promise<void> {
  const all = places();
  const bounds = new maplibregl.LngLatBounds();
  // Around the place asked about, the nearest are shown; the rest is a move of the map away.
  const { lon, lat } = container.dataset;
  const here: [number, number] | undefined = lon && lat ? [Number(lon), Number(lat)] : undefined;
  if (here) bounds.extend(here);
  for (const place of here ? all.slice(0, 8) : all) bounds.extend(place.point);

  const map = await draw_ground(container, { layer: container.dataset.layer, bounds });
  if (here) {
    const spot = document.createElement("div");
    spot.className = "marker-here";
    spot.setAttribute("role", "img");
    spot.setAttribute("aria-label", container.dataset.here ?? "");
    new maplibregl.Marker({ element: spot }).setLngLat(here).addTo(map);
  }

  const pins: Pin[] = [];
  let chosen: (() => void) | undefined;
  // The first of the list is drawn last, so that it lies on top where pins meet.
  for (const place of all.reverse()) {
    const button = pin(place);
    pins.unshift({ button, place });
    new maplibregl.Marker({ element: button }).setLngLat(place.point).addTo(map);
    // Only now: MapLibre names every marker alike when it is made.
    const name = place.card.querySelector("h3")?.textContent?.trim() ?? "";
    button.setAttribute("aria-label", `${(container.dataset.pin ?? "%n").replace("%n", place.number)} ${name}`);
    const choose = () => {
      chosen?.();
      button.classList.add("chosen");
      place.card.classList.add("chosen");
      chosen = () => {
        button.classList.remove("chosen");
        place.card.classList.remove("chosen");
      };
    };
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      choose();
      place.card.scrollIntoView({ block: "center", behavior: moves() ? "smooth" : "auto" });
      place.card.querySelector<HTMLElement>("h3 a")?.focus({ preventScroll: true });
    });
    place.card.addEventListener("focusin", choose);
    place.card.addEventListener("pointerenter", choose);
  }
  const part = () => part_pins(map, pins);
  part();
  map.on("moveend", part);
  mark_when_idle(map, container);
}
