/** The button beside the page's address: hands it on where the browser can, else copies it. Hidden without script. */
const button = document.querySelector<HTMLButtonElement>("[data-share]");
const field = document.querySelector<HTMLInputElement>("[data-share-address]");
const said = document.querySelector<HTMLElement>("[data-share-said]");

async function hand_on(address: string, title: string): Promise<"shared" | "copied"> {
  if (typeof navigator.share === "function") {
    await navigator.share({ title, url: address });
    return "shared";
  }
  await navigator.clipboard.writeText(address);
  return "copied";
}

if (button && field && said) {
  const { copied = "", failed = "" } = said.dataset;
  button.hidden = false;
  button.addEventListener("click", () => {
    hand_on(field.value, button.dataset["title"] ?? document.title).then(
      (how) => (said.textContent = how === "copied" ? copied : ""),
      (problem: unknown) => {
        // Whoever closes the sheet of choices wants no word about it.
        if (problem instanceof DOMException && problem.name === "AbortError") return;
        field.select();
        said.textContent = failed;
      },
    );
  });
}
