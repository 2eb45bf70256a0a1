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

export async function draw_results(container: HTMLElement): Promise<void> {
  const all = places();
  const bounds = new maplibregl.LngLatBounds();
  for (const place of all) bounds.extend(place.point);
  const { lon, lat } = container.dataset;
  const here: [number, number] | undefined = lon && lat ? [Number(lon), Number(lat)] : undefined;
  if (here) bounds.extend(here);

  const map = await draw_ground(container, { layer: container.dataset.layer, bounds });
  if (here) {
    const spot = document.createElement("div");
    spot.className = "marker-here";
    spot.setAttribute("role", "img");
    spot.setAttribute("aria-label", container.dataset.here ?? "");
    new maplibregl.Marker({ element: spot }).setLngLat(here).addTo(map);
  }

  let chosen: (() => void) | undefined;
  // The first of the list is drawn last, so that it lies on top where pins meet.
  for (const place of all.reverse()) {
    const button = pin(place);
    new maplibregl.Marker({ element: button }).setLngLat(place.point).addTo(map);
    // Only now: MapLibre names every marker alike when it is made.
    const name = place.card.querySelector("h3")?.textContent?.trim() ?? "";
    button.setAttribute("aria-label", `${(container.dataset.pin ?? "{number}").replace("{number}", place.number)} ${name}`);
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
  mark_when_idle(map, container);
}
