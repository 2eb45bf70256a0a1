// The network on the map: who lies where, and lines between those that are tied. Who has no place that may be told is in
// the graph and the tables alone.
import { draw_ground, maplibregl, mark_when_idle, colour } from "../map/ground";
import type { Choice } from "./choice";
import { signs, stands, type Network, type NetworkNode } from "./data";

export interface DrawnMap {
  at(day: string): void;
}

export async function draw_network_map(container: HTMLElement, network: Network, choice: Choice, day: string): Promise<DrawnMap> {
  const placed = new Map<string, { node: NetworkNode; point: [number, number] }>();
  const bounds = new maplibregl.LngLatBounds();
  for (const node of network.nodes) {
    if (!node.position) continue;
    placed.set(node.id, { node, point: node.position.coordinates });
    bounds.extend(node.position.coordinates);
  }
  const map = await draw_ground(container, bounds.isEmpty() ? { layer: container.dataset.layer } : { layer: container.dataset.layer, bounds });
  let now = day;
  const lines = () => ({
    type: "FeatureCollection" as const,
    features: network.edges.flatMap((edge) => {
      const from = placed.get(edge.from);
      const to = placed.get(edge.to);
      return from && to && stands(edge, now)
        ? [{ type: "Feature" as const, properties: { chosen: edge.from === choice.chosen || edge.to === choice.chosen }, geometry: { type: "LineString" as const, coordinates: [from.point, to.point] } }]
        : [];
    }),
  });
  const points = () => ({
    type: "FeatureCollection" as const,
    features: [...placed.values()].map(({ node, point }) => ({
      type: "Feature" as const,
      properties: { id: node.id, kind: node.kind, name: `${signs[node.kind]} ${node.name}`, chosen: node.id === choice.chosen },
      geometry: { type: "Point" as const, coordinates: point },
    })),
  });
  map.addSource("ties", { type: "geojson", data: lines() });
  map.addSource("nodes", { type: "geojson", data: points() });
  const strong = colour(container, "--ink", "#24211c");
  map.addLayer({ id: "ties", type: "line", source: "ties", paint: { "line-color": ["case", ["get", "chosen"], strong, colour(container, "--strong-line", "#8a8375")], "line-width": ["case", ["get", "chosen"], 3, 1.2] } });
  map.addLayer({
    id: "nodes",
    type: "circle",
    source: "nodes",
    paint: {
      "circle-radius": ["case", ["get", "chosen"], 10, 6],
      "circle-color": ["match", ["get", "kind"], "site", colour(container, "--good", "#1d6b34"), "forum", colour(container, "--unsure", "#7a4b00"), "organization", colour(container, "--accent", "#0b6470"), colour(container, "--soft-ink", "#5a554b")],
      "circle-stroke-color": colour(container, "--sheet", "#ffffff"),
      "circle-stroke-width": 2,
    },
  });
  const draw = () => {
    (map.getSource("ties") as maplibregl.GeoJSONSource).setData(lines());
    (map.getSource("nodes") as maplibregl.GeoJSONSource).setData(points());
  };
  map.on("click", (event) => {
    // As near as a finger hits.
    const around: [[number, number], [number, number]] = [[event.point.x - 12, event.point.y - 12], [event.point.x + 12, event.point.y + 12]];
    const hit = map.queryRenderedFeatures(around, { layers: ["nodes"] })[0];
    choice.choose((hit?.properties.id as string | undefined) ?? null, container);
  });
  map.on("mousemove", "nodes", () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "nodes", () => (map.getCanvas().style.cursor = ""));
  choice.on_change(() => {
    draw();
    const one = choice.chosen === null ? undefined : placed.get(choice.chosen);
    if (one && !choice.is_from(container) && !map.getBounds().contains(one.point)) map.panTo(one.point);
  });
  mark_when_idle(map, container);
  return {
    at(wanted) {
      now = wanted;
      draw();
    },
  };
}
