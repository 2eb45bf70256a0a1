// The pictures of a network: graph and map beside each other, one choice and one day for both. The tables below say the
// same without them.
import { Choice } from "./network/choice";
import { day_after, fetch_network, stands, tied_on } from "./network/data";
import { day_element, day_in_words } from "./network/days";
import { print_copies } from "./network/paper";
import { Story } from "./network/story";

const pictures = document.querySelector<HTMLElement>("[data-network]");

/** What is below the pictures stays at the page's day: said as soon as the pictures show another, and no more until then. */
function say_of_which_day(root: HTMLElement, day: string): (shown: string) => void {
  const sentence = root.querySelector<HTMLElement>("[data-network-below]")!;
  const link = root.querySelector<HTMLAnchorElement>("[data-network-open]")!;
  // The sentence comes with its readings: the day takes the place of its mark among them.
  for (const text of [...sentence.childNodes].filter((node) => node instanceof Text)) {
    const [before, after] = text.data.split("DAY");
    if (after !== undefined) text.replaceWith(before!, day_element(day), after);
  }
  return (shown) => {
    sentence.hidden = link.hidden = shown === day;
    const address = new URL(location.href);
    address.searchParams.set("at", shown);
    // Since a day that is yet to come nothing has changed.
    if ((address.searchParams.get("since") ?? "") > shown) address.searchParams.delete("since");
    address.hash = "";
    link.href = address.href;
  };
}

/** Who is chosen stands in the page's address too: whoever comes back to it from a story finds the same. */
function keep_in_address(chosen: string | null): void {
  const address = new URL(location.href);
  if (chosen === null) address.searchParams.delete("node");
  else address.searchParams.set("node", chosen);
  address.hash = "";
  history.replaceState(history.state, "", address);
  // And in the form: whoever asks under other conditions finds the same.
  const kept = document.querySelector<HTMLInputElement>("[data-network-kept]")!;
  kept.value = chosen ?? "";
  kept.disabled = chosen === null;
}

async function draw(root: HTMLElement): Promise<void> {
  const network = await fetch_network(root.dataset.network!);
  // Data calls a school's district by the school; the page does not.
  const own_names = root.querySelector<HTMLTemplateElement>("[data-node-names]")!.content.querySelectorAll<HTMLElement>("[data-of]");
  const names = new Map(Array.from(own_names, (one) => [one.dataset.of!, one.textContent]));
  for (const node of network.nodes) node.name = names.get(node.id) ?? node.name;
  const day = root.dataset.day!;
  const choice = new Choice();
  const graph_box = root.querySelector<HTMLElement>("[data-network-graph]")!;
  const map_box = root.querySelector<HTMLElement>("[data-network-map]")!;
  const [{ draw_graph }, { draw_network_map }] = await Promise.all([import("./network/graph"), import("./network/map")]);
  root.classList.add("drawn");
  const [graph, map] = await Promise.all([draw_graph(graph_box, network, choice, day), draw_network_map(map_box, network, choice, day)]);
  print_copies([
    { box: graph_box, copy: graph.copy },
    { box: map_box, copy: map.copy },
  ]);

  const story = new Story(root, network, choice, day);
  for (const row of document.querySelectorAll<HTMLElement>("[data-node]")) {
    row.addEventListener("pointerenter", () => row.classList.add("hover"));
    row.addEventListener("pointerleave", () => row.classList.remove("hover"));
    row.querySelector<HTMLButtonElement>("button[data-show]")?.addEventListener("click", () => choice.show(row.dataset.node!));
  }
  choice.on_change(() => {
    for (const row of document.querySelectorAll<HTMLElement>("[data-node]")) row.classList.toggle("chosen", row.dataset.node === choice.chosen);
  });
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-show]")) button.hidden = false;
  // Whom the address chooses is chosen without moving the page, unless it asks for the story itself.
  if (story.asked !== null) choice.show(story.asked);
  if (story.asked !== null && location.hash === "#story") story.land();
  choice.on_change(() => {
    keep_in_address(choice.chosen);
    if (choice.chosen !== null) story.land();
  });

  // A slider over the days on which something came, or had ended.
  const slider = root.querySelector<HTMLInputElement>("[data-network-time]");
  const told = root.querySelector<HTMLOutputElement>("[data-network-day]");
  const days = [...new Set([...network.edges.flatMap(({ stands_from, stands_to }) => [stands_from, stands_to && day_after(stands_to)]), day])].filter((one): one is string => one !== null).sort();
  if (slider && told && days.length > 1) {
    slider.max = String(days.length - 1);
    slider.value = String(days.indexOf(day));
    slider.closest<HTMLElement>("[hidden]")!.hidden = false;
    const [before, after] = told.dataset.words!.split("DAY") as [string, string];
    const others = say_of_which_day(root, day);
    const show = () => {
      const chosen = days[Number(slider.value)]!;
      const ties = network.edges.filter((edge) => stands(edge, chosen)).length;
      const untied = network.nodes.length - tied_on(network, chosen).size;
      const figures = after.replace("UNTIED", String(untied)).replace("TIES", String(ties));
      told.replaceChildren(before, day_element(chosen), figures);
      slider.setAttribute("aria-valuetext", before + day_in_words(chosen) + figures);
      others(chosen);
      for (const picture of [graph, map]) picture.at(chosen);
      story.at(chosen);
    };
    slider.addEventListener("input", show);
    show();
  }
  root.dataset.drawn = "yes";
}

if (pictures) {
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    draw(pictures).catch((error: unknown) => {
      console.error(error);
      pictures.querySelector<HTMLElement>("[data-network-failed]")!.hidden = false;
    });
  });
  watcher.observe(pictures);
}
