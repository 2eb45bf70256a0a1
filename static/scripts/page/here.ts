// "Around where I am": asked for only on a tap, and rounded to 0.001° before it leaves the device.
export function tie_here(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-here]");
  const form = button?.form;
  if (!button || !form || !("geolocation" in navigator)) return;
  const status = document.querySelector<HTMLElement>("[data-here-status]");
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        let near = form.querySelector<HTMLInputElement>('input[name="near"]');
        if (!near) {
          near = document.createElement("input");
          near.type = "hidden";
          near.name = "near";
          form.append(near);
        }
        near.value = `${coords.longitude.toFixed(3)},${coords.latitude.toFixed(3)}`;
        // Around here is anywhere else than in the district that was asked about.
        form.querySelector('input[type="hidden"][name="within"]')?.remove();
        const place = form.elements.namedItem("place");
        if (place instanceof HTMLInputElement) place.value = "";
        form.submit();
      },
      () => {
        if (status) status.textContent = button.dataset.failed ?? "";
      },
      { maximumAge: 300_000, timeout: 10_000 },
    );
  });
}
