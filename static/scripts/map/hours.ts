// The slider of hours: while it is moved the map shows what is open then; the table keeps the page's own question, and a
// link asks it anew for the hour.
import type { Tier } from "./patterns";

export interface Shown {
  codes: Map<Tier, string[]>;
  blanks: { number: number; at: [number, number] }[];
}

interface District {
  code: string;
  tier: Tier;
}

interface Answer {
  districts: District[];
  blank_areas: { number: number; label_point: [number, number] | null }[];
}

function shown_of(answer: Answer): Shown {
  const codes = new Map<Tier, string[]>();
  for (const { code, tier } of answer.districts) codes.set(tier, [...(codes.get(tier) ?? []), code]);
  return { codes, blanks: answer.blank_areas.flatMap(({ number, label_point }) => (label_point ? [{ number, at: label_point }] : [])) };
}

/** \param redraw called with what is open in the hour, or with nothing where the slider is back at the page's own question */
export function tie_hours(redraw: (shown: Shown | undefined) => void): void {
  const panel = document.querySelector<HTMLElement>("[data-hours]");
  const slider = panel?.querySelector<HTMLInputElement>('input[type="range"]');
  const told = panel?.querySelector<HTMLOutputElement>("output");
  const table = panel?.querySelector<HTMLAnchorElement>("a");
  if (!panel || !slider || !told || !table) return;
  const none = Number(slider.min); // left of the first hour: the policy's own hours
  const answers = new Map<number, Promise<Shown>>();
  let asked = none;

  const ask = (hour: number): Promise<Shown> => {
    const kept = answers.get(hour);
    if (kept) return kept;
    const address = new URL(panel.dataset.api ?? "", location.href);
    address.searchParams.set("hour", String(hour));
    const answer = fetch(address, { headers: { Accept: "application/json" } }).then(async (response) => {
      if (!response.ok) throw new Error(`${response.status}`);
      return shown_of((await response.json()) as Answer);
    });
    answers.set(hour, answer);
    answer.catch(() => answers.delete(hour));
    return answer;
  };
  const say = (text: string): void => {
    told.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  };
  const move = async (): Promise<void> => {
    const hour = Number(slider.value);
    asked = hour;
    table.hidden = hour === none;
    if (hour === none) {
      say(panel.dataset.own ?? "");
      redraw(undefined);
      return;
    }
    const address = new URL(location.href);
    address.searchParams.set("hour", String(hour));
    table.href = `${address.pathname}${address.search}`;
    try {
      const shown = await ask(hour);
      if (asked !== hour) return; // moved on meanwhile
      redraw(shown);
      const count = (tier: Tier): string => String(shown.codes.get(tier)?.length ?? 0);
      say((panel.dataset.caption ?? "").replaceAll("%h", String(hour)).replace("%f", count("full")).replace("%b", count("blank")));
    } catch (error) {
      if (asked === hour) say(panel.dataset.failed ?? "");
      console.error(error);
    }
  };
  slider.addEventListener("input", () => void move());
  slider.value = slider.min;
  say(panel.dataset.own ?? "");
  panel.hidden = false;
}
