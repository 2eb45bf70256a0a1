import { tie_suggestions } from "./page/suggest";
import { tie_here } from "./page/here";

tie_here();
tie_suggestions();
