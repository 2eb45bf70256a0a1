// The names in the graph. Each stands beside its node where there is room: to the right, to the left, below or above,
// within the picture and over no other name; where there is none it is left out, for a name half covered is none. The
// tables have all of them.
import type { NodeDisplayData } from "sigma/types";

type Named = Pick<NodeDisplayData, "x" | "y" | "size"> & Partial<Pick<NodeDisplayData, "label" | "highlighted" | "forceLabel">> & { key?: string };

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Wrapped {
  lines: string[];
  width: number;
}

export interface Look {
  font: string;
  ink: string;
  paper: string;
}

const text_size = 14;
const line_height = 17;
const gap = 5;

/** Where the ring around the one that is chosen ends. */
const ring_of = (size: number) => size * 1.25 + 5;

const around = ({ x, y }: { x: number; y: number }, radius: number): Box => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

export class Labels {
  readonly #look: Look;
  readonly #wrapped = new Map<string, Wrapped>();
  /** Whose names are wanted in this frame, until all are known: the larger node has its name first. */
  #wanted: Named[] = [];
  #pen: CanvasRenderingContext2D | null = null;
  readonly #placed = new Map<string, Box>();
  #size = { width: 0, height: 0 };
  /** What no name may lie on, and what it had better not. */
  #taken: Box[] = [];
  #nodes: Box[] = [];

  constructor(look: Look) {
    this.#look = look;
  }

  /** A new frame. \param nodes where nodes lie, of which names keep clear; none where there are too many for that */
  begin(size: { width: number; height: number }, nodes: { x: number; y: number; size: number }[]): void {
    if (size.width !== this.#size.width) this.#wrapped.clear();
    this.#size = size;
    this.#wanted = [];
    this.#placed.clear();
    this.#taken = [];
    this.#nodes = nodes.map((node) => around(node, node.size));
  }

  readonly want = (pen: CanvasRenderingContext2D, node: Named): void => {
    this.#pen = pen;
    this.#wanted.push({ ...node });
  };

  /** Draws the names wanted so far. */
  end(): void {
    const pen = this.#pen;
    if (pen === null || this.#wanted.length === 0) return;
    this.#wanted.sort((a, b) => Number(b.highlighted ?? false) - Number(a.highlighted ?? false) || b.size - a.size || ((a.key ?? "") < (b.key ?? "") ? -1 : 1));
    for (const node of this.#wanted) {
      if (!node.label) continue;
      const wrapped = this.#wrap(pen, node.label);
      const radius = node.highlighted ? ring_of(node.size) : node.size;
      if (node.highlighted) this.#taken.push(around(node, radius));
      const place = this.#place({ ...node, size: radius }, wrapped);
      if (place === undefined) continue;
      this.#placed.set(node.key ?? node.label, place);
      this.#taken.push(place);
      this.#write(pen, wrapped, place, 4);
    }
    this.#wanted = [];
  }

  /** The one pointed at or chosen: a ring around it, its name over all others. */
  readonly point_out = (pen: CanvasRenderingContext2D, node: Named): void => {
    this.end();
    const { ink, paper } = this.#look;
    for (const [colour, width] of [[paper, 7], [ink, 2.5]] as const) {
      pen.beginPath();
      pen.arc(node.x, node.y, ring_of(node.size) - 1.5, 0, 2 * Math.PI);
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.stroke();
    }
    if (!node.label) return;
    const wrapped = this.#wrap(pen, node.label);
    const apart = { ...node, size: ring_of(node.size) };
    this.#write(pen, wrapped, this.#placed.get(node.key ?? node.label) ?? this.#first_within(apart, wrapped), 7);
  };

  /** On one line where it is short, else on two, cut where that is not enough. */
  #wrap(pen: CanvasRenderingContext2D, label: string): Wrapped {
    const known = this.#wrapped.get(label);
    if (known) return known;
    this.#choose_font(pen);
    const limit = Math.max(120, Math.min(200, this.#size.width * 0.4));
    const lines: string[] = [];
    let rest = label;
    while (rest !== "") {
      const whole = pen.measureText(rest).width;
      if (whole <= limit) {
        lines.push(rest);
        break;
      }
      let end = 1;
      while (pen.measureText(rest.slice(0, end + 1)).width <= limit) ++end;
      if (lines.length === 1) {
        lines.push(`${rest.slice(0, end - 1).trimEnd()}…`);
        break;
      }
      // Two lines of one length are shorter than a long and a short one; better still between words, before a bracket.
      const least = Math.max(1, whole > 2 * limit ? Math.floor(end * 0.6) : rest.length - end);
      const parts = [...rest.matchAll(/\s|(?=[（(])/g)].map(({ index }) => index).filter((index) => index >= least && index <= end);
      end = parts.at(-1) ?? (whole > 2 * limit ? end : Math.min(end, Math.ceil(rest.length / 2)));
      lines.push(rest.slice(0, end).trimEnd());
      rest = rest.slice(end).trimStart();
    }
    const wrapped = { lines, width: Math.max(...lines.map((line) => pen.measureText(line).width)) };
    this.#wrapped.set(label, wrapped);
    return wrapped;
  }

  #around({ x, y, size }: Named, { lines, width }: Wrapped): Box[] {
    const height = lines.length * line_height;
    const box = (left: number, top: number) => ({ left, top, right: left + width, bottom: top + height });
    const middle = Math.max(2, Math.min(this.#size.width - width - 2, x - width / 2));
    const right = x + size + gap;
    const left = x - size - gap - width;
    const level = y - height / 2;
    const below = y + size + gap;
    const above = y - size - gap - height;
    return [box(right, level), box(left, level), box(middle, below), box(middle, above), box(right, below - gap), box(left, below - gap), box(right, above + gap), box(left, above + gap)];
  }

  #is_within(box: Box): boolean {
    return box.left >= 2 && box.top >= 2 && box.right <= this.#size.width - 2 && box.bottom <= this.#size.height - 2;
  }

  #place(node: Named, wrapped: Wrapped): Box | undefined {
    let best: Box | undefined;
    // Who is chosen has its name whatever that covers; beside it a little is allowed, elsewhere hardly anything.
    let fewest = node.highlighted ? Infinity : node.forceLabel ? 3 : 2;
    for (const box of this.#around(node, wrapped)) {
      if (!this.#is_within(box)) continue;
      if (this.#taken.some((other) => overlap(box, other))) continue;
      const covered = this.#nodes.reduce((sum, other) => sum + Number(overlap(box, other)), 0);
      if (covered >= fewest) continue;
      best = box;
      fewest = covered;
    }
    return best;
  }

  #first_within(node: Named, wrapped: Wrapped): Box {
    const around = this.#around(node, wrapped);
    return around.find((box) => this.#is_within(box)) ?? around[2]!;
  }

  #choose_font(pen: CanvasRenderingContext2D): void {
    pen.font = `${text_size}px ${this.#look.font}`;
  }

  /** In ink, on a rim of paper rather than a box, which would hide what is beside. */
  #write(pen: CanvasRenderingContext2D, { lines }: Wrapped, { left, top }: Box, rim: number): void {
    this.#choose_font(pen);
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = rim;
    pen.strokeStyle = this.#look.paper;
    pen.fillStyle = this.#look.ink;
    const each = (write: (line: string, x: number, y: number) => void) => lines.forEach((line, index) => write(line, left, top + (index + 0.5) * line_height));
    each((...at) => pen.strokeText(...at));
    each((...at) => pen.fillText(...at));
  }
}
