// A place on a caseworker's page by a point on the drawing of the town. The drawing came with the page: nothing here
// asks anybody for anything, and what is chosen goes into the form's field and nowhere else.
const step = 0.001; // of a degree, some 100 m: what the field is rounded to
const most_zoom = 16;

interface Point {
  lon: number;
  lat: number;
}

const rounded = (value: number) => Math.round(value / step) * step;

function point_in(text: string): Point | undefined {
  const found = /^\s*(-?\d+(?:\.\d+)?)\s*[,、 ]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
  if (!found) return undefined;
  const [a, b] = [Number(found[1]), Number(found[2])];
  return a > 90 ? { lon: a, lat: b } : { lon: b, lat: a };
}

class PointMap {
  private field: HTMLInputElement | undefined;
  private point: Point;
  private zoom = 1;
  private readonly svg: SVGSVGElement;
  private readonly pin: SVGElement;
  private readonly said: HTMLElement;
  private readonly width: number;
  private readonly height: number;

  constructor(private readonly box: HTMLElement) {
    this.svg = box.querySelector("svg")!;
    this.pin = box.querySelector<SVGElement>(".pin")!;
    this.said = box.querySelector<HTMLElement>("output")!;
    this.width = this.svg.viewBox.baseVal.width;
    this.height = this.svg.viewBox.baseVal.height;
    this.point = this.at(this.width / 2, this.height / 2);
    this.svg.addEventListener("click", (event) => this.clicked(event));
    this.svg.addEventListener("keydown", (event) => this.key(event));
    for (const button of box.querySelectorAll<HTMLButtonElement>("[data-zoom]")) {
      button.addEventListener("click", () => this.closer(button.dataset.zoom === "in" ? 2 : 0.5));
    }
  }

  /** Shows the map below the field's row, with the point that stands in the field. */
  open(field: HTMLInputElement): void {
    this.field = field;
    field.closest(".match-place")!.append(this.box);
    this.box.hidden = false;
    this.zoom = 1;
    const there = point_in(field.value);
    this.point = there ?? this.at(this.width / 2, this.height / 2);
    this.pin.toggleAttribute("data-set", there !== undefined);
    this.show();
    this.svg.focus();
  }

  /** Somebody typed into the field that the map is open for. */
  typed(field: HTMLInputElement): void {
    const there = field === this.field ? point_in(field.value) : undefined;
    if (!there) return;
    this.point = there;
    this.pin.setAttribute("data-set", "");
    this.show();
  }

  private unit(name: string): number {
    return Number(this.box.dataset[name]);
  }

  private at(x: number, y: number): Point {
    return { lon: this.unit("west") + x / this.unit("lonUnits"), lat: this.unit("north") - y / this.unit("latUnits") };
  }

  private x = () => (this.point.lon - this.unit("west")) * this.unit("lonUnits");
  private y = () => (this.unit("north") - this.point.lat) * this.unit("latUnits");

  private clicked(event: MouseEvent): void {
    const matrix = this.svg.getScreenCTM();
    if (!matrix) return;
    const there = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    this.choose(this.at(there.x, there.y));
  }

  private key(event: KeyboardEvent): void {
    const far = event.shiftKey ? 10 * step : step;
    const moves: Record<string, [number, number]> = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, far], ArrowDown: [0, -far] };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      this.choose({ lon: this.point.lon + move[0], lat: this.point.lat + move[1] });
    } else if (event.key === "+" || event.key === "-") {
      event.preventDefault();
      this.closer(event.key === "+" ? 2 : 0.5);
    } else if (event.key === "Escape") {
      this.box.hidden = true;
      this.field?.focus();
    }
  }

  private choose(point: Point): void {
    const edge = this.at(this.width, this.height);
    this.point = {
      lon: rounded(Math.min(Math.max(point.lon, this.unit("west")), edge.lon)),
      lat: rounded(Math.min(Math.max(point.lat, edge.lat), this.unit("north"))),
    };
    const words = `${this.point.lon.toFixed(3)},${this.point.lat.toFixed(3)}`;
    if (this.field) this.field.value = words;
    this.said.textContent = words;
    this.pin.setAttribute("data-set", "");
    this.show();
  }

  private closer(times: number): void {
    this.zoom = Math.min(Math.max(this.zoom * times, 1), most_zoom);
    this.show();
  }

  private show(): void {
    const [width, height] = [this.width / this.zoom, this.height / this.zoom];
    const within = (middle: number, size: number, whole: number) => Math.min(Math.max(middle - size / 2, 0), whole - size);
    this.svg.setAttribute("viewBox", `${within(this.x(), width, this.width)} ${within(this.y(), height, this.height)} ${width} ${height}`);
    this.svg.style.setProperty("--zoom", String(this.zoom));
    this.pin.setAttribute("transform", `translate(${this.x()} ${this.y()}) scale(${1 / this.zoom})`);
    for (const mark of this.svg.querySelectorAll<SVGElement>("[data-x]")) {
      mark.setAttribute("transform", `translate(${mark.dataset.x} ${mark.dataset.y}) scale(${1 / this.zoom})`);
    }
    // A name that would cover another is written once there is room for it.
    for (const name of this.svg.querySelectorAll<SVGElement>("[data-from-zoom]")) {
      name.toggleAttribute("data-hidden", Number(name.dataset.fromZoom) > this.zoom);
    }
  }
}

const box = document.querySelector<HTMLElement>("[data-point-map]");
if (box) {
  const map = new PointMap(box);
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-point-for]")) {
    const field = document.getElementById(button.dataset.pointFor ?? "") as HTMLInputElement;
    button.hidden = false;
    button.addEventListener("click", () => map.open(field));
    field.addEventListener("input", () => map.typed(field));
  }
}
