// Suggestions below the one field while somebody types: an editable combobox with a listbox (ARIA 1.2). Without this the
// form finds the same by a page of choices. What is chosen fills the form and sends it: a place as its point, rounded to
// 0.001° as everywhere, a kind of help as its filter; a place of the directory is gone to.

interface Suggestion {
  kind: string;
  label: string;
  detail: string | null;
  id: string | null;
  position: [number, number] | null;
}

const wait_ms = 120;
const most = 8;
/** Two letters suffice, and one kanji names much. */
const fewest = 1;

function words_of(list: HTMLElement): Map<string, string> {
  return new Map(
    (list.dataset.kinds ?? "").split("|").map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
  );
}

function put(form: HTMLFormElement, name: string, value: string): void {
  let field = form.querySelector<HTMLInputElement>(`input[type="hidden"][name="${name}"]`);
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    form.append(field);
  }
  field.value = value;
}

/** The word for what a suggestion is; a landmark's kind is its id. */
function kind_of(suggestion: Suggestion): string {
  return suggestion.kind === "landmark" ? (suggestion.id ?? "facility") : suggestion.kind;
}

function label_of(suggestion: Suggestion): string {
  const bare = kind_of(suggestion) === "station" && !suggestion.label.endsWith("駅");
  return bare ? `${suggestion.label}駅` : suggestion.label;
}

function follow(form: HTMLFormElement, field: HTMLInputElement, chosen: Suggestion): void {
  if (chosen.kind === "service" && chosen.id) {
    const language = new URLSearchParams(location.search).get("lang");
    location.assign(`/services/${encodeURIComponent(chosen.id)}${language ? `?lang=${encodeURIComponent(language)}` : ""}`);
    return;
  }
  // What was looked for by words until now is not part of the new question.
  form.querySelector('input[type="hidden"][name="q"]')?.remove();
  if (chosen.kind === "programme" && chosen.id) {
    for (const box of form.querySelectorAll<HTMLInputElement>('input[name="programme"]')) box.checked = box.value === chosen.id;
    if (!form.querySelector(`input[name="programme"][value="${CSS.escape(chosen.id)}"]`)) put(form, "programme", chosen.id);
  } else if (chosen.kind === "district" && chosen.id) {
    form.querySelector('input[type="hidden"][name="near"]')?.remove();
    put(form, "within", chosen.id);
  } else if (chosen.position) {
    form.querySelector('input[type="hidden"][name="within"]')?.remove();
    put(form, "near", chosen.position.map((degrees) => degrees.toFixed(3)).join(","));
  } else {
    field.value = chosen.label;
    form.requestSubmit();
    return;
  }
  field.value = "";
  form.requestSubmit();
}

export function tie_suggestions(): void {
  const box = document.querySelector<HTMLElement>("[data-suggest]");
  const field = box?.querySelector<HTMLInputElement>('input[name="place"]');
  const form = field?.form;
  const list = box?.querySelector<HTMLUListElement>(".suggestions");
  const status = box?.querySelector<HTMLElement>("[data-suggest-status]");
  if (!box || !form || !field || !list || !status) return;
  const address = box.dataset.suggest ?? "";
  const words = words_of(list);
  let shown: Suggestion[] = [];
  let active = -1;
  let timer = 0;
  let asking: AbortController | undefined;

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);

  const mark = (next: number): void => {
    active = next;
    for (const [i, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(i === active));
    if (active < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", `${list.id}-${active}`);
      list.children[active]?.scrollIntoView({ block: "nearest" });
    }
  };
  const close = (): void => {
    asking?.abort();
    window.clearTimeout(timer);
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const show = (suggestions: Suggestion[]): void => {
    shown = suggestions;
    list.replaceChildren(
      ...suggestions.map((suggestion, i) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${i}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const name = document.createElement("span");
        name.textContent = label_of(suggestion);
        const what = document.createElement("span");
        what.className = "quiet";
        what.textContent = [words.get(kind_of(suggestion)), suggestion.detail].filter(Boolean).join(" ");
        option.append(name, what);
        // Before the field loses the focus and the list is gone.
        option.addEventListener("pointerdown", (event) => event.preventDefault());
        option.addEventListener("click", () => follow(form, field, suggestion));
        return option;
      }),
    );
    list.hidden = suggestions.length === 0;
    field.setAttribute("aria-expanded", String(suggestions.length > 0));
    status.textContent = suggestions.length > 0 ? (status.dataset.some ?? "").replace("%n", String(suggestions.length)) : (status.dataset.none ?? "");
    mark(-1);
  };
  const ask = async (text: string): Promise<void> => {
    asking?.abort();
    const mine = (asking = new AbortController());
    try {
      // In a body: what is typed may be where somebody lives, and an address is kept in many places.
      const body = new URLSearchParams({ q: text, limit: String(most), lang: document.documentElement.dataset.language ?? "" });
      const answer = await fetch(address, { method: "POST", body, signal: mine.signal, headers: { accept: "application/json" } });
      if (!answer.ok) return close();
      const { suggestions } = (await answer.json()) as { suggestions: Suggestion[] };
      if (field.value.trim() === text) show(suggestions);
    } catch (error) {
      if (!mine.signal.aborted) close();
    }
  };

  field.addEventListener("input", (event) => {
    window.clearTimeout(timer);
    mark(-1);
    const text = field.value.trim();
    // Letters that are still being turned into kana are no word yet, but kana already are.
    if (text.length < fewest || ((event as InputEvent).isComposing && /[a-zａ-ｚ]$/i.test(text))) return close();
    timer = window.setTimeout(() => void ask(text), wait_ms);
  });
  field.addEventListener("keydown", (event) => {
    // Safari ends a conversion with a key that is no longer of it.
    if (event.isComposing || event.keyCode === 229 || list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place before the first is the field itself.
      mark(((active + 1 + step + shown.length + 1) % (shown.length + 1)) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      const chosen = shown[active];
      if (chosen) follow(form, field, chosen);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  field.addEventListener("blur", close);
}
