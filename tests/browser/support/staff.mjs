// What tests of staff pages share: a town with accounts, and sessions for tests that are not about signing in.
import { add_user, sign_in } from "./accounts.mjs";
import { launch, open_page } from "./browser.mjs";
import { start_town } from "./town.mjs";

export const here = "99201";
export const neighbour = "99341";
/** What the field's list of the town shows to its staff alone. */
export const hidden = ["夜のおむすび", "路地裏の勉強会"];

export const path_of = (page) => new URL(page.url()).pathname;
export const text_of = (page) => page.locator("body").innerText();
export const submit = (page) => page.locator('.staff-form button[type="submit"]').click();

/** What a browser may not ask for: anything but pages and what they look like. */
export const strange = (requests) => requests.filter((one) => !["document", "stylesheet", "font"].includes(one.resourceType()) && !/\/static\/icons\/shirube\.svg\?/.test(one.url()));

/** A town with an administrator of the whole store, a viewer here and one next door, and a browser. */
export async function start_office(settings = []) {
  // One machine stands for many people here: its failures and requests are not counted as one client's.
  const town = await start_town(["--client-failures-before-wait", "1000", "--rate-per-account", "0", ...settings]);
  const browser = await launch();
  const end = async () => {
    await browser.close();
    await town.end();
  };
  const states = new Map();
  try {
    await add_user(town, "zentai", "administrator");
    await add_user(town, "eturan", "viewer", here);
    await add_user(town, "tonari", "viewer", neighbour);
  } catch (error) {
    await end();
    throw error;
  }
  return {
    town,
    browser,
    end,
    /**
     * A page of somebody who is signed in, as open_page() gives it. All that are opened for one account share a session:
     * whoever ends it takes it from the others.
     */
    async open_as(name, { address = "/staff", ...options } = {}) {
      if (!states.has(name)) {
        const first = await open_page(browser);
        await sign_in(first.page, town, name);
        states.set(name, await first.context.storageState());
        await first.close();
      }
      const opened = await open_page(browser, { ...options, state: states.get(name) });
      if (address !== undefined) await opened.page.goto(town.origin + address);
      return opened;
    },
  };
}
