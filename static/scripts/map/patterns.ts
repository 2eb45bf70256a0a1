// The tiers' patterns as pictures for the canvas, the same as the page's SVG patterns and in the same colours.
import { colour } from "./ground";

export const tiers = ["full", "partial", "out_of_reach", "outreach", "unconfirmed", "blank", "no_data", "suspended"] as const;
export type Tier = (typeof tiers)[number];

const colours: Record<Tier, [string, string]> = {
  full: ["--full-ground", "--full-line"],
  partial: ["--partial-ground", "--partial-line"],
  out_of_reach: ["--out-ground", "--out-line"],
  outreach: ["--outreach-ground", "--outreach-line"],
  unconfirmed: ["--unconfirmed-ground", "--unconfirmed-line"],
  blank: ["--blank-ground", "--blank-line"],
  no_data: ["--nodata-ground", "--nodata-line"],
  suspended: ["--suspended-ground", "--suspended-line"],
};

/** Pixels of the picture for one CSS pixel. */
export const pixel_ratio = 2;

type Draw = (pen: CanvasRenderingContext2D, size: number) => void;

const line = (...points: [number, number][]): Draw => (pen) => {
  pen.beginPath();
  points.forEach(([x, y], index) => (index % 2 === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
  pen.stroke();
};
const rings = (radius: number, ...points: [number, number][]): Draw => (pen) => {
  for (const [x, y] of points) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.stroke();
  }
};
const dots = (radius: number, ...points: [number, number][]): Draw => (pen) => {
  for (const [x, y] of points) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fill();
  }
};

const shapes: Record<Tier, { size: number; width: number; draw: Draw }> = {
  full: { size: 8, width: 0, draw: () => {} },
  partial: { size: 8, width: 1.6, draw: line([0, 2], [8, 2], [0, 6], [8, 6]) },
  out_of_reach: { size: 10, width: 0, draw: dots(1.9, [2.5, 2.5], [7.5, 7.5]) },
  outreach: { size: 10, width: 1.6, draw: line([-2.5, 2.5], [2.5, -2.5], [0, 10], [10, 0], [7.5, 12.5], [12.5, 7.5]) },
  unconfirmed: { size: 18, width: 1.3, draw: rings(3, [4.5, 4.5], [13.5, 13.5]) },
  blank: { size: 10, width: 1.4, draw: line([0, 0], [10, 10], [10, 0], [0, 10]) },
  no_data: { size: 14, width: 1, draw: line([-2, -2], [16, 16]) },
  suspended: { size: 9, width: 1, draw: line([2, 0], [2, 9], [6.5, 0], [6.5, 9]) },
};

export function picture(tier: Tier, page: Element): ImageData {
  const { size, width, draw } = shapes[tier];
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * pixel_ratio;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.scale(pixel_ratio, pixel_ratio);
  const [ground, ink] = colours[tier];
  pen.fillStyle = colour(page, ground, "#eeeeee");
  pen.fillRect(0, 0, size, size);
  pen.fillStyle = pen.strokeStyle = colour(page, ink, "#555555");
  pen.lineWidth = width;
  draw(pen, size);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}
