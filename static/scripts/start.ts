import { tie_here } from "./page/here";

tie_here();
