import { proveProfile } from "./profile";

proveProfile("10ken");
