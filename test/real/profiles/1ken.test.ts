import { proveProfile } from "./profile";

proveProfile("1ken");
