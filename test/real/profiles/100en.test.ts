import { proveProfile } from "./profile";

proveProfile("100en");
