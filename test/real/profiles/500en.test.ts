import { proveProfile } from "./profile";

proveProfile("500en");
