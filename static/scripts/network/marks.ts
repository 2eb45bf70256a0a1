// The marks of the map: an image for each kind in each state, drawn once.
import type { Map } from "maplibre-gl";
import { colour } from "../map/ground";
import type { NetworkNode } from "./data";
import { inner_ring, is_filled, kind_colours, reach, shapes, stroke, trace, type Shape } from "./shapes";

interface State {
  chosen: boolean;
  untied: boolean;
}

const kinds = Object.keys(shapes) as NetworkNode["kind"][];
const states: State[] = [false, true].flatMap((chosen) => [false, true].map((untied) => ({ chosen, untied })));

const rim = 1.5;

/** \param several whether it stands at one of its several places: a ring then, whatever it is */
export function mark_of(kind: NetworkNode["kind"], several: boolean, { chosen, untied }: State): string {
  return [several ? "ring" : shapes[kind], ...(chosen ? ["chosen"] : []), ...(untied ? ["untied"] : [])].join(" ");
}

export const shape_of = (mark: string) => mark.split(" ")[0] as Shape;

function draw(shape: Shape, fill: string, { chosen }: State, ink: string, paper: string, scale: number): ImageData {
  const radius = chosen ? 11 : 7;
  const outline = chosen ? 2 : 0;
  const half = Math.ceil(radius * reach + 2 * (rim + outline));
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2 * half * scale;
  const pen = canvas.getContext("2d")!;
  pen.scale(scale, scale);
  pen.translate(half, half);
  const outlined = (width: number, style: string) => {
    pen.lineWidth = width;
    pen.strokeStyle = style;
    pen.stroke();
  };
  pen.beginPath();
  trace(pen, shape, radius);
  outlined(2 * (rim + outline), paper);
  if (chosen) outlined(2 * outline, ink);
  pen.fillStyle = is_filled(shape) ? fill : paper;
  pen.fill();
  if (is_filled(shape)) return pen.getImageData(0, 0, canvas.width, canvas.height);
  // The strokes of what is not filled lie within it.
  pen.save();
  pen.clip();
  outlined(2 * stroke * radius, fill);
  pen.restore();
  if (shape === "target") {
    pen.beginPath();
    pen.arc(0, 0, inner_ring * radius, 0, 2 * Math.PI);
    outlined(stroke * radius, fill);
  }
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** Gives the map every mark it may be asked for. */
export function draw_marks(map: Map, container: HTMLElement): void {
  const scale = Math.max(1, Math.ceil(devicePixelRatio));
  const ink = colour(container, "--ink", "#24211c");
  const paper = colour(container, "--sheet", "#ffffff");
  const untied = colour(container, "--untied", "#aaa294");
  for (const state of states) {
    for (const kind of kinds) {
      const fill = state.untied ? untied : colour(container, kind_colours[kind], "#0b6470");
      for (const several of kind === "organization" ? [false, true] : [false]) {
        map.addImage(mark_of(kind, several, state), draw(several ? "ring" : shapes[kind], fill, state, ink, paper, scale), { pixelRatio: scale });
      }
    }
  }
}
