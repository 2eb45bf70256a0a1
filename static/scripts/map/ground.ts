// The ground of every map: our own tiles of districts on a quiet sea, no label server, nothing from elsewhere.
import * as maplibregl from "maplibre-gl";
import type { LngLatBoundsLike, StyleSpecification } from "maplibre-gl";

export interface Ground {
  /** The layer of districts to draw; none is drawn where the town has none. */
  layer: string | undefined;
  bounds?: LngLatBoundsLike;
  center?: [number, number];
  zoom?: number;
}

/** A colour of the page's style sheets, so that maps follow light and dark with it. */
export function colour(element: Element, name: string, otherwise: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim() || otherwise;
}

const dark = () => matchMedia("(prefers-color-scheme: dark)").matches;

function style(container: HTMLElement, layer: string | undefined): StyleSpecification {
  const night = dark();
  const result: StyleSpecification = {
    version: 8,
    sources: {},
    layers: [{ id: "sea", type: "background", paint: { "background-color": colour(container, "--map-sea", night ? "#10202a" : "#dfe9ee") } }],
  };
  if (layer) {
    result.sources.districts = {
      type: "vector",
      // Whole addresses: the worker that fetches them does not know the page's.
      tiles: [`${location.origin}/tiles/${encodeURIComponent(layer)}/{z}/{x}/{y}.mvt`],
      maxzoom: 14,
      // So that a state can be given to a district by its code.
      promoteId: "code",
    };
    result.layers.push(
      { id: "land", type: "fill", source: "districts", "source-layer": "districts", paint: { "fill-color": night ? "#24282c" : "#faf7ef" } },
      { id: "borders", type: "line", source: "districts", "source-layer": "districts", paint: { "line-color": night ? "#8a8f96" : "#a49c8b", "line-width": 1.2 } },
    );
  }
  return result;
}

let sheet: Promise<void> | undefined;

/** MapLibre's own style sheet, asked for only where a map is drawn. */
function load_sheet(): Promise<void> {
  sheet ??= new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL("../styles/maplibre-gl.css", import.meta.url).href;
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => reject(new Error("maplibre-gl.css")));
    document.head.append(link);
  });
  return sheet;
}

/** Draws the ground in the container and waits until it stands. */
export async function draw_ground(container: HTMLElement, ground: Ground): Promise<maplibregl.Map> {
  await load_sheet();
  const words = container.closest<HTMLElement>("[data-label]") ?? container;
  const view = ground.bounds
    ? { bounds: ground.bounds, fitBoundsOptions: { padding: 28, maxZoom: 15 } }
    : { center: ground.center ?? ([137, 36] as [number, number]), zoom: ground.zoom ?? 14 };
  const map = new maplibregl.Map({
    container,
    style: style(container, ground.layer),
    ...view,
    maxZoom: 18,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: false,
    fadeDuration: 0,
    localIdeographFontFamily: '"BIZ UDPGothic", "Hiragino Sans", "Noto Sans JP", "Yu Gothic UI", Meiryo, IPAPGothic, sans-serif',
    locale: {
      "Map.Title": words.dataset.label ?? "",
      "NavigationControl.ZoomIn": words.dataset.zoomIn ?? "",
      "NavigationControl.ZoomOut": words.dataset.zoomOut ?? "",
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibregl.ScaleControl({ maxWidth: 120 }), "bottom-left");
  await new Promise<void>((resolve) => map.once("load", () => resolve()));
  return map;
}

/** Every service as a quiet dot: what else is near. */
export function add_neighbours(map: maplibregl.Map, page: Element): void {
  map.addSource("services", { type: "vector", tiles: [`${location.origin}/tiles/services/{z}/{x}/{y}.mvt`], maxzoom: 14 });
  map.addLayer({
    id: "services",
    type: "circle",
    source: "services",
    "source-layer": "services",
    paint: { "circle-radius": 4, "circle-color": colour(page, "--accent", "#0b6470"), "circle-opacity": 0.45 },
  });
}

/** For tests and for whoever waits: the map has drawn what it was given. */
export function mark_when_idle(map: maplibregl.Map, element: HTMLElement): void {
  map.once("idle", () => {
    element.dataset.drawn = "yes";
  });
  // Where nothing was added since it loaded, it may have come to rest already.
  map.triggerRepaint();
}

export const moves = () => !matchMedia("(prefers-reduced-motion: reduce)").matches;

export { maplibregl };
