import { proveProfile } from "./profile";

proveProfile("default");
