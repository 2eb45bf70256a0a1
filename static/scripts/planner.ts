const map = document.querySelector<HTMLElement>("[data-coverage-map]");
if (map) {
  // Drawn once it comes into view; until then, and where it cannot be, the server's drawing stands.
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    import("./map/coverage").then(({ draw_coverage }) => draw_coverage(map)).catch((error: unknown) => console.error(error));
  });
  watcher.observe(map);
}
