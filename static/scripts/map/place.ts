// One place on the map.
import { add_neighbours, draw_ground, maplibregl, mark_when_idle } from "./ground";

export async function draw_place(container: HTMLElement): Promise<void> {
  const center: [number, number] = [Number(container.dataset.lon), Number(container.dataset.lat)];
  const map = await draw_ground(container, { layer: container.dataset.layer, center, zoom: 12 });
  add_neighbours(map, container);
  const spot = document.createElement("div");
  spot.className = "marker-here";
  new maplibregl.Marker({ element: spot }).setLngLat(center).addTo(map);
  spot.setAttribute("role", "img");
  spot.setAttribute("aria-label", container.dataset.label ?? "");
  mark_when_idle(map, container);
}
