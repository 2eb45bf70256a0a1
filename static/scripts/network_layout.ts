// Lays a network out beside the page, so that the page stays free meanwhile.
import { lay_out, type Tied } from "./network/layout";

addEventListener("message", (event: MessageEvent<Tied>) => postMessage(lay_out(event.data)));
