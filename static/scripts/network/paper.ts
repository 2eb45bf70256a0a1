// The pictures on paper. What a graphics card has drawn is not printed, and a sheet is narrower than a screen: each
// picture is copied as it stands when somebody prints.

/** One over the other, as they lie. \param ground what is behind them, where they are transparent */
export function copy_of(layers: Iterable<HTMLCanvasElement>, ground: string): HTMLCanvasElement {
  const [first, ...others] = layers;
  const copy = document.createElement("canvas");
  copy.width = first!.width;
  copy.height = first!.height;
  const pen = copy.getContext("2d")!;
  pen.fillStyle = ground;
  pen.fillRect(0, 0, copy.width, copy.height);
  for (const layer of [first!, ...others]) if (layer.width > 0 && layer.height > 0) pen.drawImage(layer, 0, 0, copy.width, copy.height);
  return copy;
}

/** \param copy draws the picture and copies it at once: a frame later the graphics card has forgotten it */
export function print_copies(pictures: { box: HTMLElement; copy: () => HTMLCanvasElement }[]): void {
  const remove = () => {
    for (const { box } of pictures) box.parentElement!.querySelector(".print-copy")?.remove();
  };
  addEventListener("beforeprint", () => {
    remove();
    for (const { box, copy } of pictures) {
      // Nothing is drawn where nothing is shown.
      if (box.clientWidth === 0 || box.clientHeight === 0) continue;
      const on_paper = copy();
      on_paper.className = "print-copy";
      on_paper.setAttribute("role", "img");
      on_paper.setAttribute("aria-label", box.getAttribute("aria-label") ?? box.dataset.label ?? "");
      box.after(on_paper);
    }
  });
  addEventListener("afterprint", remove);
}
