// A day as the rest of the page writes it.

/** As in 2026年4月1日 or 1 April 2026. \param day written YYYY-MM-DD */
export function day_in_words(day: string): string {
  const language = document.documentElement.lang;
  // English here has the day before the month.
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

const readings: Record<string, string> = { 年: "ねん", 月: "がつ", 日: "にち" };

function with_readings(words: string): (Node | string)[] {
  return words.split(/([年月日])/).map((part) => {
    const reading = readings[part];
    if (reading === undefined) return part;
    const ruby = document.createElement("ruby");
    for (const [name, text] of [["rp", "（"], ["rt", reading], ["rp", "）"]] as const) {
      const element = document.createElement(name);
      element.textContent = text;
      ruby.append(element);
    }
    ruby.prepend(part);
    return ruby;
  });
}

/** The day for eyes, with readings where the page has them, and for machines. */
export function day_element(day: string): HTMLTimeElement {
  const element = document.createElement("time");
  element.dateTime = day;
  const words = day_in_words(day);
  element.append(...(document.documentElement.dataset.language === "ja-easy" ? with_readings(words) : [words]));
  return element;
}
