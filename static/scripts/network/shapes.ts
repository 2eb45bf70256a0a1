// The shape of each kind, the one its sign in the legend and the tables has, so that kinds are told apart without their
// colours. Sizes are in radii, for the graph's program and the map's images alike.
import type { NetworkNode } from "./data";

export type Shape = "disc" | "square" | "triangle" | "diamond" | "target" | "ring";

export const shapes: Record<NetworkNode["kind"], Shape> = { organization: "disc", site: "square", forum: "triangle", district: "diamond", municipality: "target" };

export const kind_colours: Record<NetworkNode["kind"], string> = { organization: "--accent", site: "--good", forum: "--unsure", district: "--soft-ink", municipality: "--soft-ink" };

export const is_filled = (shape: Shape) => shape === "disc" || shape === "square" || shape === "triangle";

export const half_square = 0.88;
export const triangle = { top: 1.15, foot: 0.8, half_width: 1.12 };
export const half_diamond = 1.2;
/** How far the largest of them reaches. */
export const reach = half_diamond;
/** The strokes of shapes that are not filled. */
export const stroke = 0.3;
export const inner_ring = 0.4;

/** Adds a shape's outline to the pen's path, around its origin. */
export function trace(pen: CanvasRenderingContext2D, shape: Shape, radius: number): void {
  const polygon = (...corners: [number, number][]) => {
    corners.forEach(([x, y], index) => (index === 0 ? pen.moveTo(x * radius, y * radius) : pen.lineTo(x * radius, y * radius)));
    pen.closePath();
  };
  if (shape === "square") polygon([-half_square, -half_square], [half_square, -half_square], [half_square, half_square], [-half_square, half_square]);
  else if (shape === "triangle") polygon([0, -triangle.top], [triangle.half_width, triangle.foot], [-triangle.half_width, triangle.foot]);
  else if (shape === "diamond") polygon([0, -half_diamond], [half_diamond, 0], [0, half_diamond], [-half_diamond, 0]);
  else pen.arc(0, 0, radius, 0, 2 * Math.PI);
}

/** How many of each are drawn, for whoever cannot see it: "disc 12 square 3". */
export function count_shapes(drawn: Iterable<Shape>): string {
  const counts = new Map<Shape, number>();
  for (const shape of drawn) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([shape, count]) => `${shape} ${count}`).join(" ");
}
